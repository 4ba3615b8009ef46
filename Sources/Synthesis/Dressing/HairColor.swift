import Faces
import Foundation

/// The colors of a person's hair.
///
/// Hair color is the absorption of two pigments, eumelanin and pheomelanin, with the coefficients
/// of d'Eon et al., "An Energy-Conserving Hair Reflectance Model" (2011).
struct HairColor {
  private let root: SIMD3<Float>
  private let pale: SIMD3<Float>
  private let gray: Float

  /// - Parameters:
  ///   - depth: the amount of pigment relative to the hair of the head: brows and beards have more.
  ///   - grayness: the share of the hair's gray: brows gray later.
  init(_ identity: Identity, depth: Float = 1, grayness: Float = 1) {
    let dark = identity.hairMelanin * identity.hairMelanin
    let amount = (0.3 + 1.8 * dark + 9 * dark * dark) * depth
    let red = identity.hairRedness * (0.35 + 0.65 * (1 - identity.hairMelanin))
    let eumelanin = SIMD3<Float>(0.419, 0.697, 1.37) * (amount * (1 - 0.35 * red))
    let pheomelanin = SIMD3<Float>(0.187, 0.4, 1.05) * (red * 1.9)
    let absorbed = eumelanin + pheomelanin
    let through = SIMD3(exp(-absorbed.x), exp(-absorbed.y), exp(-absorbed.z))
    // What the strands' surfaces scatter is white.
    let white = SIMD3<Float>(repeating: through.sum() / 3)
    root =
      mix(through, white, 0.15 + 0.65 * identity.hairMelanin * identity.hairMelanin) * 0.5 + 0.002
    pale = SIMD3(0.47, 0.46, 0.445)
    gray = identity.hairGray * grayness
  }

  /// Linear RGB of one strand.
  ///
  /// - Parameters:
  ///   - strand: the strand's random value, 0…1.
  ///   - lightness: a factor around 1.
  func of(strand: Float, lightness: Float) -> SIMD3<Float> {
    // Gray hair is white strands among colored ones; some stay in between.
    let whiteness = ramp(gray * 1.6 - strand, -0.5, 0.85)
    let tint = (strand * 7.13).truncatingRemainder(dividingBy: 1)
    let own = root * (0.8 + 0.4 * tint)
    return mix(own, pale, whiteness * min(0.9, gray * 3)) * lightness
  }
}
