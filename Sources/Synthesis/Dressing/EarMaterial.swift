/// Skin of the ear: redder than the face's, darker in its hollows.
///
/// Its chart is the ear's own plane.
struct EarMaterial: Material {
  let skin: SkinMaterial
  let side: Float

  func surface(at chart: SIMD2<Float>, detail: Float) -> Surface {
    var surface = skin.surface(
      at: SIMD2(side * (8.2 + 0.3 * chart.x), chart.y - 1.75), detail: detail)
    let hollow = bump(chart.x - 0.75, 1.1, chart.y + 0.25, 1.5)
    surface.openness *= 1 - 0.55 * hollow
    surface.albedo *= SIMD3(1.03, 0.94, 0.92)
    return surface
  }
}
