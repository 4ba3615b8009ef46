import Faces
import Foundation

/// The skin as a grid of the chart, with holes for eyes and mouth.
enum SkinGrid {
  /// The lines of the chart across, from the middle of the back round to it again.
  static let columns: [Float] = {
    let c = FaceChart.self
    var half = spread(0, c.eyeInner, 0.17) + spread(c.eyeInner, c.mouthCorner, 0.14)
    half += spread(c.mouthCorner, c.eyeOuter, 0.14) + spread(c.eyeOuter, 5.8, 0.2)
    // Evenly around the side, where the chart is steep.
    half += (0..<9).map { c.side * sin(Float($0) / 9 * 0.67 + 0.9) }.filter { $0 > 5.9 }
    half += (0...8).map { c.back - c.side * cos(Float($0) / 8 * .pi / 2) }
    let right = Array(Set(half)).sorted()
    return right.reversed().map { -$0 }.dropLast() + right
  }()

  /// The lines of the chart upwards, from the neck to the crown.
  static let rows: [Float] = {
    let c = FaceChart.self
    let mouthLow = c.mouthLine - c.mouthSlit
    let mouthHigh = c.mouthLine + c.mouthSlit
    var rows = spread(c.neckEnd, c.throat, 0.8) + spread(c.throat, c.chin, 0.25)
    rows += spread(c.chin, -8, 0.24) + spread(-8, mouthLow, 0.12)
    rows += [mouthLow, mouthHigh] + spread(mouthHigh, -5.2, 0.11) + spread(-5.2, -2.6, 0.12)
    rows += spread(-2.6, -1.2, 0.2) + spread(-1.2, -c.eyeSlit, 0.13)
    rows += [-c.eyeSlit, c.eyeSlit] + spread(c.eyeSlit, 1.4, 0.11)
    rows += spread(1.4, 3, 0.2) + spread(3, 7, 0.4) + spread(7, c.crown, 0.5)
    return Array(Set(rows)).sorted() + [c.crown]
  }()

  /// The skin of one head.
  static func mesh(of form: HeadForm) -> Mesh {
    var positions: [SIMD3<Float>] = []
    var charts: [SIMD2<Float>] = []
    positions.reserveCapacity(rows.count * columns.count)
    charts.reserveCapacity(rows.count * columns.count)
    for t in rows {
      let row = HeadForm.Row(t, of: form)
      for s in columns {
        positions.append(form(s, row))
        charts.append(SIMD2(s, t))
      }
    }
    return Mesh(
      positions: positions, charts: charts, triangles: triangles,
      material: SkinMaterial(of: form))
  }

  private static let triangles: [SIMD3<Int32>] = {
    var triangles: [SIMD3<Int32>] = []
    let width = columns.count
    for row in 0..<rows.count - 1 {
      for column in 0..<width - 1 {
        let middle = SIMD2(
          (columns[column] + columns[column + 1]) / 2, (rows[row] + rows[row + 1]) / 2)
        guard !isHole(middle) else { continue }
        let a = Int32(row * width + column)
        let b = a + Int32(width)
        // The diagonals run alike on both halves of the face.
        if middle.x > 0 {
          triangles += [SIMD3(a, a + 1, b + 1), SIMD3(a, b + 1, b)]
        } else {
          triangles += [SIMD3(a, a + 1, b), SIMD3(a + 1, b + 1, b)]
        }
      }
    }
    return triangles
  }()

  /// True in the slits of eyes and mouth.
  private static func isHole(_ chart: SIMD2<Float>) -> Bool {
    let away = abs(chart.x)
    if abs(chart.y - FaceChart.eyeLine) < FaceChart.eyeSlit {
      return away > FaceChart.eyeInner && away < FaceChart.eyeOuter
    }
    return abs(chart.y - FaceChart.mouthLine) < FaceChart.mouthSlit
      && away < FaceChart.mouthCorner
  }

  /// From `start` to just before `end`, in steps of about `step`.
  private static func spread(_ start: Float, _ end: Float, _ step: Float) -> [Float] {
    let count = max(Int(((end - start) / step).rounded()), 1)
    return (0..<count).map { start + (end - start) * Float($0) / Float(count) }
  }
}
