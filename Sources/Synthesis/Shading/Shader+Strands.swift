import Faces
import Foundation

extension Shader {
  /// The reflection of hair: strands reflect along cones, once at their surface, and once inside.
  ///
  /// After Kajiya and Kay (1989), and Marschner and others (2003): the internal reflection has the
  /// hair's color.
  func strands(
    _ surface: Surface, _ point: SurfacePoint, _ normal: SIMD3<Float>, _ toEye: SIMD3<Float>,
    _ shadow: Occlusion.Value
  ) -> SIMD3<Float> {
    let strand = normalized(point.alongT)
    let across = normalized(cross(strand, normal))
    let tilted = normalized(normal + across * surface.slope.x)
    let along = normalized(strand + normal * surface.slope.y)
    let direction = lighting.direction
    let open = surface.openness * Shader.reached(shadow.openness)
    // Strands catch light from the side, but are shaded by the strands in front of them.
    let sine = max(0, 1 - squared(dot(along, direction))).squareRoot()
    let body = Lighting.share(dot(tilted, direction), width: 0.35 + 0.4 * lighting.size)
    var light = lighting.key * (shadow.key * (0.35 * sine * (0.3 + 0.7 * body) + 0.65 * body))
    let kept = SIMD3<Float>(repeating: open) / (1 - surface.albedo * (1 - open) * 0.8)
    light += lighting.surroundings(tilted) * kept

    // The first lobe is white and lies towards the root; the second one has passed the strand twice.
    let half = normalized(direction + toEye)
    let sharpness = 10 + 110 * squared(1 - surface.roughness) / (1 + 3 * lighting.size)
    let first = highlight(normalized(along - tilted * 0.14), half, sharpness)
    let second = highlight(normalized(along + tilted * 0.22), half, sharpness * 0.3)
    let reach = shadow.key * clamped(body * 2 + 0.1) * surface.openness
    let inner = surface.albedo.squareRoot() * 0.16 + surface.albedo * 0.3
    let shine = SIMD3<Float>(repeating: 0.05 * first) + inner * second
    let mirror = normal * (2 * dot(normal, toEye)) - toEye
    // The gaps between strands are dark, the more so the darker the hair.
    let thick = 0.68 + 0.2 * surface.albedo
    return surface.albedo * thick * light + lighting.key * shine * reach
      + lighting.mirrored(mirror) * (0.4 * surface.specular * open * open)
  }

  @inline(__always)
  private func highlight(_ along: SIMD3<Float>, _ half: SIMD3<Float>, _ power: Float) -> Float {
    let sine = max(0, 1 - squared(dot(along, half))).squareRoot()
    return sine > 0 ? exp(power * log(sine)) : 0
  }

  @inline(__always)
  private func squared(_ x: Float) -> Float { x * x }
}
