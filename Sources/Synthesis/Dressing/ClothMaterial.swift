/// Woven or knitted cloth.
///
/// Its chart is in centimeters: across, and away from the neckline.
struct ClothMaterial: Material {
  enum Part {
    case body, jacket, collar
  }

  let outfit: Outfit
  let part: Part
  let threads: Noise

  func surface(at chart: SIMD2<Float>, detail: Float) -> Surface {
    var color = part == .jacket ? outfit.cloth : outfit.shirt
    var slope = SIMD2<Float>.zero
    // Creases run across the breast and out from the neck.
    let creases = part == .collar ? Float(0.05) : 0.22
    slope.y += creases * threads(chart.x * 0.22, chart.y * 0.5)
    slope.x += creases * threads(chart.x * 0.4 + 60, chart.y * 0.25)
    var weave = 0.05 * threads(chart.x * 9, chart.y * 9)
    if part == .body {
      switch outfit.kind {
      case .sweater:
        weave = 0.1 * threads(chart.x * 6, chart.y * 3) + 0.05 * threads(chart.x * 1.5, chart.y)
        if chart.y < 0.5 { weave -= 0.12 }
      case .tShirt:
        if chart.y > 0.12, chart.y < 0.2 { weave -= 0.25 }
      case .jacket where outfit.hasTie && abs(chart.x) < 1.5 + chart.y * 0.03:
        color = stripes(chart)
      case .shirt where abs(chart.x) < 1.3:
        // The strip with the buttons.
        if abs(abs(chart.x) - 1.15) < 0.08 { weave -= 0.2 }
      default: break
      }
    }
    if part == .jacket {
      // The lapel ends in an edge.
      if chart.y > 2.9, chart.y < 3.1 { weave -= 0.4 }
      if chart.y < 2.9 { weave += 0.06 }
    }
    return Surface(
      albedo: color * (1 + weave), specular: 0.02, roughness: 0.85, slope: slope)
  }

  private func stripes(_ chart: SIMD2<Float>) -> SIMD3<Float> {
    let place = (chart.x + chart.y) * 0.9
    let share = place - place.rounded(.down)
    return outfit.tie * (share < 0.3 ? 2.2 : 1)
  }
}
