import Foundation

/// Hair that follows the head: shells over the scalp, each with fewer strands than the one below.
///
/// The chart of its material: the first direction runs around the head and the second away from the
/// hairline, both in centimeters, so that the hairline is where the second is 0.
struct HairCap {
  private static let columns = 72
  private static let rows = 13
  /// How far below the hairline the shells reach, for the strands that begin there.
  private static let margin: Float = 0.5

  let scalp: Scalp
  let hairline: Hairline

  /// One shell.
  ///
  /// - Parameters:
  ///   - height: how far above the skin, in centimeters.
  ///   - lift: how far the strands of the upper head stand above that.
  func shell(height: Float, lift: Float, material: HairMaterial) -> Mesh {
    let columns = HairCap.columns + 1
    var lowest = [Float]()
    var perimeter: Float = 0
    var around = [Float]()
    for column in 0..<columns {
      let s = s(column)
      lowest.append(hairline.lowest(s) - HairCap.margin)
      if column > 0 {
        let before = scalp.point(self.s(column - 1), lowest[column - 1]).place
        perimeter += length(scalp.point(s, lowest[column]).place - before)
      }
      around.append(perimeter)
    }
    var along = [Float](repeating: -HairCap.margin, count: columns)
    var below = [SIMD3<Float>](repeating: .zero, count: columns)
    let grid = MeshGrid(rows: HairCap.rows, columns: columns) { row, column in
      let share = sin(Float(row) / Float(HairCap.rows - 1) * .pi / 2)
      let s = s(column)
      let t = mix(lowest[column], FaceChart.crown, share)
      let (place, normal) = scalp.point(s, t)
      if row > 0 { along[column] += length(place - below[column]) }
      below[column] = place
      // Between its vertices the skin bulges: the innermost shell keeps clear of that.
      let clear = 0.14 * ramp(along[column], 0, 1.2)
      let thickness = clear + height * ramp(along[column], -HairCap.margin, 2.4)
      let raise = lift * ramp(t, 3, 10) * ramp(along[column], 0, 3)
      return (place + normal * (thickness + raise + 0.02), SIMD2(around[column], along[column]))
    }
    return grid.mesh(material)
  }

  /// Columns stand closer where the hairline winds: from the temples to behind the ears.
  private func s(_ column: Int) -> Float {
    let x = Float(column) / Float(HairCap.columns) * 2 - 1
    let away = abs(x)
    let bent = away < 0.3 ? away / 0.3 * 4.5 : 4.5 + (away - 0.3) / 0.4 * 5.5
    let s = away < 0.7 ? bent : 10 + (away - 0.7) / 0.3 * 4.8
    return x < 0 ? -s : s
  }
}
