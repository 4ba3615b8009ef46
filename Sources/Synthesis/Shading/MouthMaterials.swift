import Foundation

/// Teeth and gums.
///
/// Its chart: centimeters along the arch, and from the edge (0) to the gum (1).
struct ToothMaterial: Material {
  let isUpper: Bool

  func surface(at chart: SIMD2<Float>, detail: Float) -> Surface {
    let width = MouthInside.toothWidth(chart.x)
    let across = chart.x / width
    let gap = abs(across - across.rounded())
    let back = ramp(abs(chart.x), 1.2, 3.4)
    var albedo = SIMD3<Float>(0.62, 0.56, 0.45) * (1 - 0.5 * back)
    albedo *= 1 - 0.45 * ramp(gap, 0.08 + detail / width, 0)
    // Gums reach down between the teeth.
    let gum = ramp(chart.y, 0.74 - 0.3 * ramp(gap, 0.25, 0), 0.84)
    albedo += (SIMD3(0.36, 0.13, 0.11) - albedo) * gum
    var surface = Surface(albedo: albedo)
    surface.specular = 0.045
    surface.roughness = 0.2
    surface.subsurface = 0.5
    surface.openness = (isUpper ? 0.9 : 0.7) * (1 - 0.6 * back)
    return surface
  }

  func isFace(_ chart: SIMD2<Float>) -> Bool { true }
}

/// What is soft in a mouth.
struct MouthMaterial: Material {
  enum Part { case tongue, cavity }
  let part: Part

  func surface(at chart: SIMD2<Float>, detail: Float) -> Surface {
    switch part {
    case .tongue:
      var surface = Surface(albedo: SIMD3(0.40, 0.16, 0.14) * (1 - 0.5 * chart.y))
      surface.roughness = 0.4
      surface.subsurface = 0.8
      surface.openness = 0.7 * (1 - 0.7 * chart.y)
      return surface
    case .cavity:
      // From the lip's moist inside to darkness.
      let back = ramp(chart.y, 0, 0.5)
      var surface = Surface(albedo: SIMD3(0.26, 0.09, 0.08) * (1 - 0.8 * back))
      surface.roughness = 0.35
      surface.subsurface = 0.6
      surface.openness = 0.6 * (1 - back) + 0.2
      return surface
    }
  }

  func isFace(_ chart: SIMD2<Float>) -> Bool { true }
}
