import Foundation
import Media

/// Reproducible values in 0 ..< 1, which Python makes as well.
///
///     def lcg(n, s=1):
///         out = []
///         for _ in range(n):
///             s = (s * 6364136223846793005 + 1442695040888963407) % 2**64
///             out.append((s >> 33) / 2**31)
///         return np.array(out)
func lcg(_ count: Int) -> [Double] {
  var state: UInt64 = 1
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 33) / 0x1p31
  }
}

extension Image {
  /// Noise: `(lcg(width * height * 3) * 256).astype(np.uint8)`.
  static func noise(width: Int, height: Int) -> Image {
    Image(width: width, height: height, pixels: lcg(width * height * 3).map { UInt8($0 * 256) })
  }

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
