import Faces
import Foundation

/// The light that leaves a surface towards the camera.
struct Shader {
  let eye: SIMD3<Float>
  let lighting: Lighting
  /// The scattering distance of red, green and blue under the skin, in centimeters (after Jensen,
  /// 2001).
  private static let wander = SIMD3<Float>(0.40, 0.16, 0.08)
  /// The depth that they penetrate through ears and the wings of the nose, in centimeters.
  private static let depth = SIMD3<Float>(0.5, 0.16, 0.09)

  /// The share of the surroundings' light that reaches a point, of which some is reflected into the deepest hollow.
  @inline(__always)
  static func reached(_ openness: Float) -> Float { mix(0.2, 1, openness) }

  /// Linear RGB.
  ///
  /// - Parameter pixel: the centimeters that a pixel covers at the point's distance.
  func color(_ point: SurfacePoint, shadow: Occlusion.Value, pixel: Float) -> SIMD3<Float> {
    let toEye = normalized(eye - point.position)
    let isTurned = dot(point.normal, toEye) < 0
    let smooth = isTurned ? point.normal * -1 : point.normal
    let (lengthS, lengthT) = (dot(point.alongS, point.alongS), dot(point.alongT, point.alongT))
    let scale = max(lengthS * lengthT, 1e-4).squareRoot().squareRoot()
    let facing = max(dot(smooth, toEye), 0.25)
    let surface = point.material.surface(at: point.chart, detail: pixel / (scale * facing))
    guard !surface.isStrands else {
      // What turns away is lit as what is just seen.
      let seen = point.normal - toEye * min(dot(point.normal, toEye), 0)
      return strands(surface, point, normalized(seen), toEye, shadow)
    }
    var normal = smooth
    if surface.slope != .zero, lengthS > 0, lengthT > 0 {
      normal = normalized(
        smooth - point.alongS * (surface.slope.x / max(lengthS, 0.25))
          - point.alongT * (surface.slope.y / max(lengthT, 0.25)))
    }
    let open = surface.openness * Shader.reached(shadow.openness)
    let diffuse = diffuse(surface, point, smooth, normal, shadow, open)

    let direction = lighting.direction
    let cosine = max(dot(normal, toEye), 0)
    var gloss = Gloss.key(
      normal, toEye, direction, size: lighting.size, roughness: surface.roughness,
      specular: surface.specular)
    if surface.film > 0 {
      let film = Gloss.key(
        normal, toEye, direction, size: lighting.size, roughness: 0.75 * surface.roughness,
        specular: surface.specular)
      gloss += surface.film * (film - gloss)
    }
    let mirror = normal * (2 * dot(normal, toEye)) - toEye
    let around =
      Gloss.surroundings(surface.specular, cosine, roughness: surface.roughness) * open * open
    let shine = lighting.key * (gloss * shadow.key * surface.openness)
    return diffuse + shine + lighting.mirrored(mirror) * around
  }

  /// Subsurface scattering (after Penner 2011): it softens the edge of shadows, in red most.
  @inline(__always)
  private func diffuse(
    _ surface: Surface, _ point: SurfacePoint, _ smooth: SIMD3<Float>, _ normal: SIMD3<Float>,
    _ shadow: Occlusion.Value, _ open: Float
  ) -> SIMD3<Float> {
    let direction = lighting.direction
    let soft = surface.subsurface
    let (coarse, fine) = (dot(smooth, direction), dot(normal, direction))
    let bend = min(point.curvature, 1) * soft
    var lit = SIMD3<Float>.zero
    for k in 0..<3 {
      let wandering = bend * Shader.wander[k]
      let width = (lighting.size * lighting.size * 0.6 + wandering * wandering).squareRoot() + 0.01
      // Scattered red light is insensitive to small bumps.
      let cosine = mix(fine, coarse, soft * (0.75 - 0.25 * Float(k)))
      let blur = soft * (0.5 - 0.2 * Float(k))
      let seen = mix(shadow.key, 1 - (1 - shadow.key) * (1 - shadow.key), blur)
      lit[k] = Lighting.share(cosine, width: min(width, 0.9)) * seen
    }
    var light = lighting.key * lit
    let thin = ramp(point.curvature, 0.35, 0.8)
    if soft > 0.5, thin > 0, shadow.depth < 2, coarse < -0.15 {
      let deep = shadow.depth + 0.15
      let through = SIMD3(
        exp(-deep / Shader.depth.x), exp(-deep / Shader.depth.y), exp(-deep / Shader.depth.z))
      light += lighting.key * through * (0.5 * soft * thin * ramp(coarse, -0.15, -0.7))
    }
    // Interreflected light has the color of the surface.
    let kept = SIMD3<Float>(repeating: open) / (1 - surface.albedo * (1 - open) * 0.9)
    light += lighting.surroundings(normal) * kept
    return surface.albedo * light
  }
}
