/// A square grid of points: the corners of an output's cells in a picture.
struct PointGrid: Equatable, Sendable {
  /// Points along a side.
  let side: Int
  /// The points, row by row, in continuous pixels of the picture.
  var points: [SIMD2<Double>]

  /// A regular grid over a square.
  init(side: Int, from corner: Double, to end: Double) {
    self.side = side
    let step = (end - corner) / Double(side - 1)
    points = (0..<side * side).map {
      SIMD2(corner + step * Double($0 % side), corner + step * Double($0 / side))
    }
  }

  subscript(row: Int, column: Int) -> SIMD2<Double> { points[row * side + column] }

  /// The grid with `map` applied to each point.
  func moved(by map: AffineMap) -> PointGrid {
    var grid = self
    for index in grid.points.indices { grid.points[index] = map(grid.points[index]) }
    return grid
  }
}
