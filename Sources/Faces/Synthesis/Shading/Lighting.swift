import Foundation

/// The light of a scene, its strength chosen so that a white surface that faces both the camera and
/// half the key light comes out near white.
struct Lighting {
  /// Towards the key light.
  let direction: SIMD3<Float>
  /// Irradiance over π at a surface that faces the light, linear RGB.
  let key: SIMD3<Float>
  /// Irradiance over π of the surroundings, from above and from below.
  let sky: SIMD3<Float>
  let ground: SIMD3<Float>

  init(_ light: Light) {
    direction = SIMD3(
      sin(light.azimuth) * cos(light.elevation), sin(light.elevation),
      cos(light.azimuth) * cos(light.elevation))
    let share = 0.25 + 0.6 * light.contrast
    key = Lighting.tint(light.warmth) * (1.5 * share)
    sky = Lighting.tint(light.fillWarmth) * (1.2 * (1 - share))
    ground = Lighting.tint(light.fillWarmth + 0.3) * (0.6 * (1 - share))
  }

  /// The colour of light after a camera's imperfect white balance, of luminance 1.
  static func tint(_ warmth: Float) -> SIMD3<Float> {
    let colour = SIMD3(exp(0.3 * warmth), 1, exp(-0.45 * warmth))
    return colour / dot(colour, SIMD3(0.2126, 0.7152, 0.0722))
  }

  /// Irradiance over π of the surroundings.
  func surroundings(_ normal: SIMD3<Float>) -> SIMD3<Float> {
    mix(ground, sky, 0.5 + 0.5 * normal.y)
  }
}
