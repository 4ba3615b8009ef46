import Engine
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
func lcg(_ count: Int, seed: UInt64 = 1) -> [Double] {
  var state = seed
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 33) / 0x1p31
  }
}

/// Three waves without sharp edges, `side`×`side`×3 in 0.1…0.9.
///
///     u, v = np.meshgrid(np.arange(side) / side, np.arange(side) / side)
///     np.stack([.5 + .4*np.sin(9*u + 3*v), .5 + .4*np.cos(7*v - 2*u), .5 + .4*np.sin(5*u*v + 4*u)], -1)
func waves(side: Int) -> [Double] {
  var values: [Double] = []
  for y in 0..<side {
    for x in 0..<side {
      let (u, v) = (Double(x) / Double(side), Double(y) / Double(side))
      values.append(0.5 + 0.4 * sin(9 * u + 3 * v))
      values.append(0.5 + 0.4 * cos(7 * v - 2 * u))
      values.append(0.5 + 0.4 * sin(5 * u * v + 4 * u))
    }
  }
  return values
}

extension Image {
  /// Noise of any size.
  static func noise(width: Int, height: Int) -> Image {
    Image(width: width, height: height, pixels: lcg(width * height * 3).map { UInt8($0 * 256) })
  }

  /// The waves, rounded to 8 bits.
  static func waves(side: Int) -> Image {
    Image(
      width: side, height: side,
      pixels: GenerationTests.waves(side: side).map { UInt8(($0 * 255).rounded()) })
  }
}
