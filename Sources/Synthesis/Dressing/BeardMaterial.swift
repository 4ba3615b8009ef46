import Faces

/// The strands of a beard, in coordinates of `FaceChart`.
struct BeardMaterial: Material {
  let style: BeardStyle
  let density: Float
  /// 0 at the skin, 1 at the tips.
  let height: Float
  let color: HairColor
  let strands: Noise
  let hasHoles = true
  let isFrayed = true

  func covers(_ chart: SIMD2<Float>) -> Bool {
    let x = BeardMaterial.unrolled(chart.x)
    let (strand, density) = strand(x, chart.y)
    // Most points are decided before the more expensive test for where beards grow.
    guard strand < density else { return false }
    let share = share(chart) + 0.2 * strands(x * 3.1, chart.y * 2.3 + 70)
    return share > 0.1 && strand < density * ramp(share, 0.1, 1)
  }

  /// The strand at a point, 0…1, and the share of visible strands where the beard is full.
  private func strand(_ x: Float, _ t: Float) -> (Float, Float) {
    guard style != .stubble else {
      // Short hairs are sparse; skin shows between them.
      return (0.5 + 0.5 * strands(x * 26, t * 20), 0.2 + 0.3 * density)
    }
    let bent = x + 0.12 * strands(x * 1.4, t * 1.2 + 20)
    let strand = 0.5 + 0.5 * strands(bent * 16 + 300 * height, t * 2.2)
    return (strand, mix(0.92 + 0.1 * density, 0.25, height))
  }

  func surface(at chart: SIMD2<Float>, detail: Float) -> Surface {
    let x = BeardMaterial.unrolled(chart.x)
    let strand = 0.5 + 0.5 * strands(x * 9 + 500, chart.y * 1.5)
    let isLong = style != .stubble
    return Surface(
      albedo: color.of(strand: strand, lightness: isLong ? mix(0.75, 1.1, height) : 1.1),
      specular: 0.035, roughness: 0.6,
      openness: isLong ? mix(0.5, 0.95, height) : 0.95, isStrands: isLong)
  }

  func isFace(_ chart: SIMD2<Float>) -> Bool {
    // Stubble is only darker skin.
    style == .stubble && chart.y > -11.9 && abs(chart.x) < 7.1
  }

  /// Centimeters around the head from its middle line: the chart crowds at the sides.
  private static func unrolled(_ s: Float) -> Float {
    let share = min(abs(s) / 7.6, 1)
    let square = share * share
    let fourth = square * square
    return s * (1 + 0.17 * square + 0.4 * fourth * fourth)
  }

  /// The beard's coverage of the skin at a point, 0…1.
  func share(_ chart: SIMD2<Float>) -> Float {
    let (away, t) = (abs(chart.x), chart.y)
    let lips = lips(away, t)
    // Between nose and mouth, and down past the mouth's corners.
    let lipWidth = mix(3.9, 2.2, ramp(t, -6.6, -4.7))
    let end: Float = style == .moustache ? -6.7 : -7.2
    let upper =
      ramp(t, -4.2, -4.65) * ramp(t, end, end + 0.8) * ramp(away, lipWidth + 0.2, lipWidth - 0.7)
    let moustache = upper * mix(0.55, 1, ramp(away, 0, 0.5)) * lips
    if style == .moustache { return moustache }
    let chinWidth = mix(2.6, 3.5, ramp(t, -11, -8))
    let chin =
      ramp(t, -6.2, -7.4) * ramp(t, -12.8, -11.8) * ramp(away, chinWidth + 0.5, chinWidth - 0.7)
    let bare = 1 - 0.8 * bump(away - 1.9, 1.2, t + 8.0, 0.9)
    let goatee = max(moustache, chin * bare * lips)
    if style == .goatee { return goatee }
    // From the sideburns along the cheek to the mouth.
    let line = mix(-5.6, -2.4, ramp(away, 3.4, 6.6)) + 2.6 * ramp(away, 6.75, 7.2)
    let behind = mix(7.45, 6.3, ramp(t, -4.2, -10))
    let cheek = ramp(t, line + 0.5, line - 1.1) * ramp(t, -13.8, -12.2) * ramp(away, 2.6, 4.0)
    let jaw = ramp(t, -8, -9) * ramp(t, -13.8, -12.2)
    return max(goatee, max(cheek, jaw) * ramp(away, behind, behind - 0.35), chin * lips)
  }

  /// 0 on the red of the lips.
  private func lips(_ away: Float, _ t: Float) -> Float {
    let across = min(away / (FaceChart.mouthCorner + 0.1), 1)
    let line = FaceChart.mouthLine
    let arch = (1 - across * across).squareRoot()
    let top = (FaceChart.upperLipPeak.y - line) * arch
    let bottom = (line - FaceChart.lowerLipBottom) * arch
    let reach = t > line ? (t - line) / max(top, 0.02) : (line - t) / max(bottom, 0.02)
    return ramp(reach, 0.96, 1.12)
  }
}
