import Faces

/// The strands of a lid's edge: centimeters along the lid, and 0…1 from root to tip.
struct LashMaterial: Material {
  private let color: SIMD3<Float>
  private let strands: Noise
  let hasHoles = true

  init(identity: Identity, strands: Noise) {
    self.strands = strands
    color = HairColor(identity, depth: 3, grayness: 0).of(strand: 1, lightness: 0.5)
  }

  func covers(_ chart: SIMD2<Float>) -> Bool {
    let cell = (chart.x * 14 + 0.7 * strands(chart.x * 3, chart.y)).rounded(.down)
    let reach = 0.4 + 0.6 * strands.cell(Int32(cell), 3)
    let middle = chart.x * 14 - cell - 0.5
    return chart.y < 0.12 || abs(middle) < 0.36 * (1 - chart.y / reach)
  }

  func surface(at chart: SIMD2<Float>, detail: Float) -> Surface {
    Surface(albedo: color, specular: 0.03, roughness: 0.6)
  }
}
