import Foundation

/// A bar along a line, round or flat.
struct Tube {
  /// The points of its middle line, in centimeters.
  var line: [SIMD3<Float>]
  /// Half its thickness towards `front`, and at right angles to that.
  var thickness: SIMD2<Float>
  /// A direction that is never along the line.
  var front: SIMD3<Float>
  var isClosed = false

  private static let corners = 6

  func mesh(_ material: any Material) -> Mesh {
    let count = isClosed ? line.count + 1 : line.count
    let grid = MeshGrid(rows: count, columns: Tube.corners + 1) { row, column in
      let place = line[row % line.count]
      let along = normalized(point(after: row) - point(before: row))
      let out = normalized(front - along * dot(front, along))
      let aside = cross(along, out)
      let turn = Float(column) / Float(Tube.corners) * 2 * .pi
      let off = out * (cos(turn) * thickness.x) + aside * (sin(turn) * thickness.y)
      return (place + off, SIMD2(Float(column), Float(row)))
    }
    return grid.mesh(material, isMirrored: true)
  }

  private func point(before row: Int) -> SIMD3<Float> {
    isClosed ? line[(row - 1 + line.count) % line.count] : line[max(row - 1, 0)]
  }

  private func point(after row: Int) -> SIMD3<Float> {
    isClosed ? line[(row + 1) % line.count] : line[min(row + 1, line.count - 1)]
  }
}
