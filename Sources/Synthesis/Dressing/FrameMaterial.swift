import Engine
import Faces

/// Metal or horn.
struct FrameMaterial: Material {
  private let frame: Surface

  init(_ identity: Identity) {
    var chance = RandomSource(seed: identity.grain).split(3)
    let kind = chance.uniform()
    let tone = Float(chance.uniform())
    let color: SIMD3<Float>
    switch identity.glasses {
    case .thick:
      // Black, tortoise, or a dark color.
      color =
        kind < 0.5
        ? SIMD3(repeating: 0.012)
        : kind < 0.8
          ? SIMD3(0.07, 0.03, 0.015) : SIMD3(0.02 + 0.06 * tone, 0.02, 0.08 - 0.06 * tone)
    default:
      // Steel, gold, or black.
      color =
        kind < 0.4
        ? SIMD3(repeating: 0.12 + 0.2 * tone)
        : kind < 0.65 ? SIMD3(0.34, 0.24, 0.1) : SIMD3(repeating: 0.02)
    }
    let isMetal = identity.glasses != .thick
    frame = Surface(albedo: color, specular: isMetal ? 0.12 : 0.05, roughness: isMetal ? 0.5 : 0.3)
  }

  func surface(at chart: SIMD2<Float>, detail: Float) -> Surface { frame }
}
