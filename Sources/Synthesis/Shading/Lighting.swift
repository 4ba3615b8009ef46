import Faces
import Foundation

/// The light of a scene, scaled by the camera's exposure.
struct Lighting {
  /// The direction to the key light.
  let direction: SIMD3<Float>
  /// The key light's radius over its distance.
  let size: Float
  /// Irradiance over π at a surface that faces the key light, linear RGB.
  let key: SIMD3<Float>
  /// Radiance of the surroundings: the mean, and its increase upwards and towards `bounceFrom`.
  private let middle, rise, bounce: SIMD3<Float>
  private let bounceFrom: SIMD3<Float>
  /// Radiance from behind the head.
  private let behind: SIMD3<Float>

  /// - Parameters:
  ///   - backdrop: the background's light shows along the edges.
  ///   - melanin: of the skin, 0…1: cameras expose dark skin a little longer.
  init(_ light: Light, backdrop: Backdrop, melanin: Float) {
    direction = SIMD3(
      sin(light.azimuth) * cos(light.elevation), sin(light.elevation),
      cos(light.azimuth) * cos(light.elevation))
    size = 0.015 + 0.75 * light.softness * light.softness
    let share = 0.2 + 0.74 * light.contrast
    let rawKey = Lighting.tint(light.warmth) * share
    let fill = Lighting.tint(light.fillWarmth) * (1 - share)
    let rawMiddle = fill * 0.68
    let rawRise = fill * 0.36
    let rawBounce = mix(fill, rawKey, 0.3) * 0.22
    bounceFrom = normalized(SIMD3(direction.x > 0 ? -1 : 1, -0.35, 0.3))
    // The light on a face that looks into the camera, as the mean of three directions.
    var mean = SIMD3<Float>.zero
    for x: Float in [-0.5, 0, 0.5] {
      let normal = normalized(SIMD3(x, 0.05, 1))
      let shine = Lighting.share(dot(normal, direction), width: size)
      mean += (rawKey * shine + rawMiddle + rawRise * normal.y) / 3
    }
    let brightness = dot(mean, Lighting.luminance)
    let gain = min(1.05 / max(brightness, 0.05), 3) * (0.82 + 0.46 * melanin)
    // White balance removes half of the light's color.
    let balance = SIMD3<Float>(repeating: brightness) / mean
    let white = balance.squareRoot() * gain
    key = rawKey * white
    middle = rawMiddle * white
    rise = rawRise * white
    bounce = rawBounce * white
    behind = mix(backdrop.color, backdrop.secondColor, 0.5)
  }

  static let luminance = SIMD3<Float>(0.2126, 0.7152, 0.0722)

  /// The color of light with luminance 1: from shade (−1) over daylight to a lamp (1).
  private static func tint(_ warmth: Float) -> SIMD3<Float> {
    let color = SIMD3(exp(0.42 * warmth), 1, exp(-0.62 * warmth))
    return color / dot(color, luminance)
  }

  /// The cosine term of the key light at a surface, where the light's disc sets gradually.
  ///
  /// - Parameters:
  ///   - cosine: of the angle between the surface's normal and the light.
  ///   - width: the sine of the angle over which the light sets.
  @inline(__always)
  static func share(_ cosine: Float, width: Float) -> Float {
    if cosine >= width { return cosine }
    if cosine <= -width { return 0 }
    let above = cosine + width
    return above * above / (4 * width)
  }

  /// Irradiance over π of the surroundings at an unoccluded surface.
  @inline(__always)
  func surroundings(_ normal: SIMD3<Float>) -> SIMD3<Float> {
    middle + rise * normal.y + bounce * max(0, 0.3 + 0.7 * dot(normal, bounceFrom))
  }

  /// Radiance of the surroundings in a direction, as reflected by a glossy surface.
  @inline(__always)
  func mirrored(_ direction: SIMD3<Float>) -> SIMD3<Float> {
    let front = middle + rise * (1.6 * direction.y) + bounce * max(0, dot(direction, bounceFrom))
    return mix(front, behind, clamped(-1.2 * direction.z))
  }
}
