import Engine
import Faces
import Foundation
import Generation
import Media
import Synthesis
import TestSupport

@testable import Records

/// Photographs of rendered people: portraits somewhere in a larger picture.
struct Photographs {
  /// The size of a photograph.
  static let (width, height) = (300, 220)
  /// The side of the portrait in it, and its corner.
  static let (side, x, y) = (170, 90, 30)

  /// The looks of a person whose heads are turned by so much.
  static func portraits(of person: UInt64, yaws: [Float]) -> [Image] {
    let identity = Identity(randomness: RandomSource(seed: person))
    return ThreadPool.map(yaws.count) { index in
      var scene = Scene()
      (scene.identity, scene.pose.yaw) = (identity, yaws[index])
      (scene.expression.jawOpen, scene.camera.jpegQuality) = (Float(index % 4) / 8, nil)
      scene.camera.grain = UInt64(index)
      return scene.rendered(side: side).image
    }
  }

  /// A photograph of one portrait, or of two side by side.
  static func photograph(_ portrait: Image, beside other: Image? = nil) -> Image {
    var picture = Image(
      width: other == nil ? width : width + side, height: height, filled: Color(110, 120, 130))
    picture.paste(portrait, x: x, y: y)
    if let other { picture.paste(other, x: x + side, y: y) }
    return picture
  }

  /// Writes photographs of a person into `NAME` in the folder: 16 from the front, the last ones, with
  /// numbers from 50 on, of the given yaws.
  static func write(
    _ name: String, of person: UInt64, in folder: TemporaryFolder, more yaws: [Float] = []
  ) throws -> String {
    let path = folder.path(name)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let front = (0..<16).map { Float($0 % 5 - 2) * 0.04 }
    for (index, portrait) in portraits(of: person, yaws: front + yaws).enumerated() {
      let number = index < 16 ? 10 + index : 34 + index
      try write(photograph(portrait), to: "\(path)/\(number).png")
    }
    return path
  }

  static func write(_ image: Image, to path: String) throws {
    try WholeFile.write(try image.encoded(as: .png, mark: nil), to: path)
  }
}
