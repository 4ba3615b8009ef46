/// A mesh whose vertices form rows and columns.
///
/// Rows run upwards and columns to the right as seen from outside, so that triangles turn
/// counter-clockwise.
struct MeshGrid {
  let columns: Int
  let rows: Int
  var positions: [SIMD3<Float>] = []
  var charts: [SIMD2<Float>] = []

  /// Makes `rows`×`columns` vertices, row by row.
  init(
    rows: Int, columns: Int,
    vertex: (_ row: Int, _ column: Int) -> (position: SIMD3<Float>, chart: SIMD2<Float>)
  ) {
    self.columns = columns
    self.rows = rows
    positions.reserveCapacity(rows * columns)
    charts.reserveCapacity(rows * columns)
    for row in 0..<rows {
      for column in 0..<columns {
        let made = vertex(row, column)
        positions.append(made.position)
        charts.append(made.chart)
      }
    }
  }

  /// The surface, without the cells for which `keeps` returns false.
  ///
  /// - Parameter isMirrored: true if columns run to the left as seen from outside.
  func mesh(
    _ material: any Material, isTwoSided: Bool = false, isMirrored: Bool = false,
    keeps: (_ row: Int, _ column: Int) -> Bool = { _, _ in true }
  ) -> Mesh {
    var triangles: [SIMD3<Int32>] = []
    triangles.reserveCapacity((rows - 1) * (columns - 1) * 2)
    for row in 0..<rows - 1 {
      for column in 0..<columns - 1 where keeps(row, column) {
        let corner = Int32(row * columns + column)
        let above = corner + Int32(columns)
        if isMirrored {
          triangles.append(SIMD3(corner, above + 1, corner + 1))
          triangles.append(SIMD3(corner, above, above + 1))
        } else {
          triangles.append(SIMD3(corner, corner + 1, above + 1))
          triangles.append(SIMD3(corner, above + 1, above))
        }
      }
    }
    return Mesh(
      positions: positions, charts: charts, triangles: triangles, material: material,
      isTwoSided: isTwoSided)
  }
}
