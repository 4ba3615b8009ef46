public import Media

/// Where in a face a network looked: gradient-weighted class activation (Grad-CAM; Selvaraju and
/// others, 2017) of its last feature map.
public struct GradCAM: Equatable, Sendable {
  /// Rows and columns of the map.
  public let rows, columns: Int
  /// The contribution of each position to the logit, row by row; negative for "real".
  public let values: [Float]
  /// The central share of the picture's side that the network sees, 0…1.
  public let share: Double

  /// The evidence for "fake", 0…1 of its maximum, over the whole 256×256 picture.
  public func plane(side: Int) -> Plane {
    let strongest = max(values.max() ?? 0, 1e-12)
    let view = Double(side) * share
    let margin = (Double(side) - view) / 2
    var plane = Plane(width: side, height: side, filled: 0)
    for y in 0..<side {
      for x in 0..<side {
        let row = (Double(y) + 0.5 - margin) / view * Double(rows) - 0.5
        let column = (Double(x) + 0.5 - margin) / view * Double(columns) - 0.5
        guard row > -1, column > -1, row < Double(rows), column < Double(columns) else { continue }
        plane.values[y * side + x] = max(0, between(row, column)) / strongest
      }
    }
    return plane
  }

  /// Bilinear interpolation between the centers of positions.
  private func between(_ row: Double, _ column: Double) -> Float {
    let (y, x) = (min(max(row, 0), Double(rows - 1)), min(max(column, 0), Double(columns - 1)))
    let (top, left) = (Int(y), Int(x))
    let (bottom, right) = (min(top + 1, rows - 1), min(left + 1, columns - 1))
    let (down, across) = (Float(y - Double(top)), Float(x - Double(left)))
    func value(_ row: Int, _ column: Int) -> Float { values[row * columns + column] }
    let upper = value(top, left) * (1 - across) + value(top, right) * across
    let lower = value(bottom, left) * (1 - across) + value(bottom, right) * across
    return upper * (1 - down) + lower * down
  }
}
