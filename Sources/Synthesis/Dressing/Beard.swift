import Faces

/// A beard: shells over the skin of the lower face, each with fewer strands than the one below.
struct Beard {
  let form: HeadForm

  /// The outermost shell first; empty for a shaved face.
  func meshes() -> [Mesh] {
    let density = form.identity.beardDensity
    switch form.identity.beard {
    case .none: return []
    case .stubble: return [shell(0, of: 1, length: 0.03)]
    case .moustache, .goatee: return shells(3, length: 0.25 + 0.3 * density)
    case .full: return shells(3, length: 0.3 + 0.9 * density)
    }
  }

  private func shells(_ count: Int, length: Float) -> [Mesh] {
    (0..<count).reversed().map { shell(Float($0) / Float(count - 1), of: count, length: length) }
  }

  /// Grid lines of the chart; the mouth's opening lies between two of the rows.
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
      color: HairColor(identity, depth: 1.3), strands: Noise(identity.grain, 45))
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
      // The two lips are independent of each other.
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
