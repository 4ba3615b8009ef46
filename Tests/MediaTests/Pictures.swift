import Foundation
import Media

/// The files that `Pictures/make.py` and `Pictures/kinds.py` made, and synthetic pictures.
enum Pictures {
  /// The path of a file beside the script.
  static func path(_ name: String) throws -> String {
    guard let folder = Bundle.module.resourceURL else { throw CocoaError(.fileNoSuchFile) }
    return folder.appending(path: "Pictures/\(name)").path(percentEncoded: false)
  }

  static func bytes(_ name: String) throws -> [UInt8] {
    try Array(Data(contentsOf: URL(filePath: try path(name))))
  }

  /// What PIL, or the script's own arithmetic, found in each readable file.
  static func expected() throws -> [String: Expected] {
    try JSONDecoder().decode([String: Expected].self, from: Data(try bytes("expected.json")))
  }

  /// What Pillow, or the pattern itself, says of the files of `kinds.py`.
  static func otherKinds() throws -> [String: Expected] {
    try JSONDecoder().decode([String: Expected].self, from: Data(try bytes("kinds.json")))
  }

  /// The script's `pattern`.
  static func pattern(_ width: Int, _ height: Int) -> Image {
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        for c in 0..<3 {
          pixels.append(
            UInt8(truncatingIfNeeded: x * x * 3 + y * 7 * (c + 1) + x * y * (c + 2)))
        }
      }
    }
    return Image(width: width, height: height, pixels: pixels)
  }

  struct Expected: Decodable {
    let width: Int
    let height: Int
    let pixels: [UInt8]
    /// By how many levels a pixel may differ.
    let tolerance: Int?

    var image: Image { Image(width: width, height: height, pixels: pixels) }
  }
}

/// The largest difference between two pictures of one size, in levels; 256 where sizes differ.
func difference(_ left: Image, _ right: Image) -> Int {
  guard left.width == right.width, left.height == right.height else { return 256 }
  return zip(left.pixels, right.pixels).map { abs(Int($0) - Int($1)) }.max() ?? 0
}
