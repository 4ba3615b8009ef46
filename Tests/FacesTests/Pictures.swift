import Foundation
import Media

extension Image {
  /// Waves without sharp edges, different in every channel and mirrored half.
  static func smooth(side: Int) -> Image {
    var pixels: [UInt8] = []
    for y in 0..<side {
      for x in 0..<side {
        let (u, v) = (Double(x) / Double(side), Double(y) / Double(side))
        pixels.append(UInt8(127.5 + 120 * sin(9 * u + 3 * v)))
        pixels.append(UInt8(127.5 + 120 * cos(7 * v - 2 * u)))
        pixels.append(UInt8(127.5 + 120 * sin(5 * u * v + 4 * u)))
      }
    }
    return Image(width: side, height: side, pixels: pixels)
  }
}
