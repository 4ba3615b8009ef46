import Foundation
import Media

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
  /// The waves, rounded to 8 bits.
  static func waves(side: Int) -> Image {
    Image(
      width: side, height: side,
      pixels: GenerationTests.waves(side: side).map { UInt8(($0 * 255).rounded()) })
  }
}
