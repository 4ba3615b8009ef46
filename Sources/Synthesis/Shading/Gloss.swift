import Faces
import Foundation

/// The specular reflection of a rough surface: GGX microfacets (Walter and others, 2007).
enum Gloss {
  /// The specular reflection of a disc light towards the viewer, times π.
  ///
  /// The disc is represented by its point with the strongest reflection (Karis, 2013).
  ///
  /// - Parameters:
  ///   - toLight: a unit vector to the light's center.
  ///   - size: the light's radius over its distance.
  ///   - roughness: 0…1, squared for GGX.
  ///   - specular: the reflectance at normal incidence.
  @inline(__always)
  static func key(
    _ normal: SIMD3<Float>, _ toEye: SIMD3<Float>, _ toLight: SIMD3<Float>, size: Float,
    roughness: Float, specular: Float
  ) -> Float {
    let alpha = max(roughness * roughness, 0.004)
    let facing = max(dot(normal, toEye), 0.02)
    let mirror = normal * (2 * dot(normal, toEye)) - toEye
    let way = mirror * dot(toLight, mirror) - toLight
    let distance = length(way)
    let nearest = normalized(toLight + way * min(1, size / max(distance, 1e-4)))
    let lit = dot(normal, nearest)
    guard lit > 0 else { return 0 }
    let half = normalized(nearest + toEye)
    let (nh, vh) = (max(dot(normal, half), 0), max(dot(toEye, half), 0))
    let square = alpha * alpha
    let bell = nh * nh * (square - 1) + 1
    let spread = alpha / min(alpha + 0.5 * size, 1)
    let facets = square / (bell * bell) * spread * spread
    let visible = 0.5 / mix(2 * lit * facing, lit + facing, alpha)
    return facets * visible * fresnel(specular, vh) * lit
  }

  /// Schlick's reflectance at an angle.
  @inline(__always)
  static func fresnel(_ specular: Float, _ cosine: Float) -> Float {
    let rest = 1 - clamped(cosine)
    let square = rest * rest
    return specular + (1 - specular) * square * square * rest
  }

  /// The specular reflection of the surroundings; rough surfaces reflect less at grazing angles.
  @inline(__always)
  static func surroundings(_ specular: Float, _ cosine: Float, roughness: Float) -> Float {
    let rest = 1 - clamped(cosine)
    let square = rest * rest
    let grazing = max(0.5 * (1 - roughness), specular)
    return specular + (grazing - specular) * square * square * rest
  }
}
