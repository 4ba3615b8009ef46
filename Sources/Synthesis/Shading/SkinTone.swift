import Faces
import Foundation

/// The colors of one person's skin, as linear reflectance.
///
/// Light is absorbed by two pigments, melanin and blood, by the Beer–Lambert law; their strengths
/// are set so that the range from pale to dark matches measured skin (Xiao et al. 2017).
struct SkinTone {
  private let melanin, redness, yellowness: Float

  init(_ identity: Identity) {
    melanin = identity.skinMelanin
    redness = identity.skinRedness
    yellowness = identity.skinYellowness
  }

  /// The color with more or less of each pigment than the person's average.
  func color(melanin more: Float = 0, blood: Float = 0) -> SIMD3<Float> {
    let m = max(melanin + more, 0)
    // Melanin lies over the blood and hides it.
    let h = max(0.25 + 0.6 * redness + blood, 0) * (1 - 0.45 * min(m, 1))
    let absorbed =
      SIMD3<Float>(0.17, 0.36, 0.52) + m * SIMD3(1.75, 2.3, 2.6) + h * SIMD3(0.04, 0.42, 0.34)
      + yellowness * SIMD3(0, 0.03, 0.22)
    return SIMD3(exp(-absorbed.x), exp(-absorbed.y), exp(-absorbed.z))
  }

  /// The red of the lips.
  func lips(redness: Float) -> SIMD3<Float> {
    color(melanin: 0.06 + 0.1 * melanin, blood: 0.4 + 0.75 * redness) * (1 - 0.15 * (1 - melanin))
  }
}
