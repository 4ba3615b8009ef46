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
    // Enamel lets the dark of the mouth through at the edge; the lip shades the other end.
    var albedo = SIMD3<Float>(0.44, 0.39, 0.31) * (1 - 0.65 * back)
    albedo *= 1 - 0.4 * ramp(gap, 0.08 + 0.5 * detail / width, 0)
    albedo *= (1 - 0.25 * ramp(chart.y, 0.18, 0)) * (1 - 0.35 * ramp(chart.y, 0.3, 0.8))
    // Gums reach down between the teeth.
    let gum = ramp(chart.y, 0.74 - 0.3 * ramp(gap, 0.25, 0), 0.84)
    albedo += (SIMD3(0.36, 0.13, 0.11) - albedo) * gum
    var surface = Surface(albedo: albedo)
    surface.specular = 0.045
    surface.roughness = 0.2
    surface.subsurface = 0.5
    surface.openness = (isUpper ? 1.1 : 0.9) * (1 - 0.6 * back)
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
      var surface = Surface(albedo: SIMD3(0.44, 0.19, 0.17) * (1 - 0.4 * chart.y))
      surface.roughness = 0.5
      surface.subsurface = 0.8
      // Tissue all around sends its red light back.
      surface.openness = 1.5 - chart.y
      return surface
    case .cavity:
      // From the lip's moist inside to darkness.
      let back = ramp(chart.y, 0, 0.8)
      var surface = Surface(albedo: SIMD3(0.34, 0.12, 0.10) * (1 - 0.55 * back))
      surface.roughness = 0.35
      surface.subsurface = 0.6
      surface.openness = 0.4 * (1 - back) + 1.2
      return surface
    }
  }

  func isFace(_ chart: SIMD2<Float>) -> Bool { true }
}
