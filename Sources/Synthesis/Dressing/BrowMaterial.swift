import Faces

/// The strands of a brow.
///
/// Its chart: centimeters from the inner end, and −1…1 from the lower to the upper edge.
struct BrowMaterial: Material {
  static let length: Float = 5.4

  let identity: Identity
  let color: HairColor
  let strands: Noise
  /// 0 lies on the skin, 1 over it.
  let layer: Float
  let hasHoles = true
  let isFrayed = true

  func covers(_ chart: SIMD2<Float>) -> Bool {
    let share = chart.x / BrowMaterial.length
    // At the inner end strands stand up; further out they lie down along the brow.
    let lean = mix(0.12, 0.75, ramp(share, 0, 0.5))
    let strand = 0.5 + 0.5 * strands((chart.x - lean * chart.y) * 17, chart.y * 0.9 + 9 * layer)
    let ends = ramp(share, -0.02, 0.3) * ramp(share, 1.02, 0.6)
    let edge = 1 - chart.y * chart.y
    let density = (0.3 + 0.5 * identity.browDensity) * (1 - 0.4 * layer)
    return strand < density * ends * ramp(edge, 0, 0.95)
  }

  func surface(at chart: SIMD2<Float>, detail: Float) -> Surface {
    let strand = 0.5 + 0.5 * strands(chart.x * 9 + 50, chart.y)
    return Surface(
      albedo: color.of(strand: 0.3 + 0.4 * strand, lightness: 0.9 + 0.2 * layer), specular: 0.04,
      roughness: 0.6)
  }
}
