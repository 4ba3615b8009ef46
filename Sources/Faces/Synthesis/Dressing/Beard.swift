import Foundation

/// A beard: shells over the skin of the lower face, each with fewer strands than the one below.
struct Beard {
  let form: HeadForm

  /// Empty for a shaved face.
  func meshes() -> [Mesh] {
    let density = form.identity.beardDensity
    switch form.identity.beard {
    case .none: return []
    case .stubble: return [shell(0, of: 1, length: 0.03)]
    case .moustache, .goatee: return shells(3, length: 0.25 + 0.3 * density)
    case .full: return shells(4, length: 0.3 + 0.9 * density)
    }
  }

  private func shells(_ count: Int, length: Float) -> [Mesh] {
    (0..<count).map { shell(Float($0) / Float(count - 1), of: count, length: length) }
  }

  /// Lines of the chart; the mouth's opening lies between two of the rows.
  private static let columns = (0...44).map { (Float($0) / 22 - 1) * 7.6 }
  private static let rows: [Float] = {
    let (low, high) = (
      FaceChart.mouthLine - FaceChart.mouthSlit, FaceChart.mouthLine + FaceChart.mouthSlit
    )
    return (0...16).map { mix(-14.6, low, Float($0) / 16) }
      + (0...14).map { mix(high, -0.4, Float($0) / 14) }
  }()

  private func shell(_ height: Float, of count: Int, length: Float) -> Mesh {
    let identity = form.identity
    let material = BeardMaterial(
      style: identity.beard, density: identity.beardDensity, height: height,
      colour: HairColour(identity, depth: 1.3), strands: Noise(identity.grain, 45))
    let (rows, columns) = (Beard.rows, Beard.columns)
    let skin = rows.map { t in
      let row = HeadForm.Row(t, of: form)
      return columns.map { form($0, row) }
    }
    func at(_ row: Int, _ column: Int) -> SIMD3<Float> {
      skin[min(max(row, 0), rows.count - 1)][min(max(column, 0), columns.count - 1)]
    }
    let lip = rows.firstIndex { $0 > FaceChart.mouthLine } ?? 0
    let grid = MeshGrid(rows: rows.count, columns: columns.count) { row, column in
      let (s, t) = (columns[column], rows[row])
      // The skin of one lip says nothing of the other's.
      let (below, above) = (row == lip ? row : row - 1, row == lip - 1 ? row : row + 1)
      let normal = normalized(
        cross(
          at(row, column + 1) - at(row, column - 1), at(above, column) - at(below, column)))
      let thick = length * (0.35 + 0.65 * ramp(material.share(SIMD2(s, t)), 0.2, 0.9))
      var place = at(row, column) + normal * (0.02 + thick * height)
      // Longer hair hangs.
      place.y -= 0.45 * length * height * height
      return (place, SIMD2(s, t))
    }
    return grid.mesh(material) { row, column in
      guard row != lip - 1 || abs(columns[column]) > FaceChart.mouthCorner else { return false }
      let middle = SIMD2(
        (columns[column] + columns[column + 1]) / 2, (rows[row] + rows[row + 1]) / 2)
      return material.share(middle) > 0.01
    }
  }
}

/// The strands of a beard, by the places of `FaceChart`.
struct BeardMaterial: Material {
  let style: BeardStyle
  let density: Float
  /// 0 at the skin, 1 at the tips.
  let height: Float
  let colour: HairColour
  let strands: Noise
  let hasHoles = true

  func covers(_ chart: SIMD2<Float>) -> Bool {
    let x = BeardMaterial.unrolled(chart.x)
    let ragged = 0.14 * strands(x * 3.1, chart.y * 2.3 + 70)
    let share = share(chart) + ragged
    guard share > 0.2 else { return false }
    let full = ramp(share, 0.2, 0.85)
    if style == .stubble {
      // Short hairs stand apart; between them skin shows.
      return 0.5 + 0.5 * strands(x * 17, chart.y * 14) < (0.16 + 0.36 * density) * full
    }
    let bent = x + 0.12 * strands(x * 1.4, chart.y * 1.2 + 20)
    let strand = 0.5 + 0.5 * strands(bent * 11 + 300 * height, chart.y * 2.2)
    return strand < full * mix(0.78 + 0.22 * density, 0.25, height)
  }

  func surface(at chart: SIMD2<Float>, detail: Float) -> Surface {
    let x = BeardMaterial.unrolled(chart.x)
    let strand = 0.5 + 0.5 * strands(x * 9 + 500, chart.y * 1.5)
    let isLong = style != .stubble
    return Surface(
      albedo: colour.of(strand: strand, lightness: isLong ? mix(0.75, 1.1, height) : 1.1),
      specular: 0.035, roughness: 0.6,
      openness: isLong ? mix(0.5, 0.95, height) : 0.95, isStrands: isLong)
  }

  func isFace(_ chart: SIMD2<Float>) -> Bool {
    // Stubble is no more than skin that looks darker.
    style == .stubble && chart.y > -11.9 && abs(chart.x) < 7.1
  }

  /// Centimetres round the head from its middle line: the chart crowds at the sides.
  private static func unrolled(_ s: Float) -> Float {
    let share = min(abs(s) / 7.6, 1)
    let square = share * share
    let fourth = square * square
    return s * (1 + 0.17 * square + 0.4 * fourth * fourth)
  }

  /// How much of the skin at a place is bearded, 0…1.
  func share(_ chart: SIMD2<Float>) -> Float {
    let (away, t) = (abs(chart.x), chart.y)
    let lips = lips(away, t)
    // Between nose and mouth, and down past the mouth's corners.
    let lipWidth = mix(3.9, 2.2, ramp(t, -6.6, -4.7))
    let upper =
      ramp(t, -4.2, -4.65) * ramp(t, -7.2, -6.3) * ramp(away, lipWidth + 0.2, lipWidth - 0.7)
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
    return ramp(reach, 1, 1.12)
  }
}
