import Foundation

/// The head under the hair: the skin of the upper head sampled on a grid of its chart, for fast
/// positions and normals.
struct Scalp {
  /// Columns run around the head from the middle of its back; the last one meets the first.
  private static let columns = 48
  /// Rows run from the nape's height up to the crown, denser where the head rounds over.
  private static let rows = 24
  private static let lowest: Float = -10

  private var places: [SIMD3<Float>] = []
  private var normals: [SIMD3<Float>] = []
  /// The middle of the skull and its half axes to both sides, up, back and front.
  let middle: SIMD3<Float>
  private let half: (side: Float, up: Float, back: Float, front: Float)

  init(_ form: HeadForm) {
    for row in 0...Scalp.rows {
      let row = HeadForm.Row(Scalp.height(ofRow: row), of: form)
      for column in 0..<Scalp.columns {
        let s = (Float(column) / Float(Scalp.columns) * 2 - 1) * FaceChart.back
        places.append(form(s, row))
      }
    }
    let crown = form(0, FaceChart.crown)
    let back = form(FaceChart.back, 2)
    let front = form(0, 4)
    let side = form(FaceChart.side + 0.4, 2)
    middle = SIMD3(0, 1.5, -8)
    half = (side.x, crown.y - middle.y, middle.z - back.z, (front.z - middle.z) * 1.03)
    for row in 0...Scalp.rows {
      for column in 0..<Scalp.columns {
        normals.append(normal(column: column, row: row))
      }
    }
  }

  /// The position of the skin at a point of the chart, and its normal.
  func point(_ s: Float, _ t: Float) -> (place: SIMD3<Float>, normal: SIMD3<Float>) {
    let around = (s / FaceChart.back + 1) * 0.5 * Float(Scalp.columns)
    let share = (t - Scalp.lowest) / (FaceChart.crown - Scalp.lowest)
    let up = asin(min(max(share, 0), 1)) * 2 / .pi * Float(Scalp.rows)
    let (left, low) = (around.rounded(.down), min(up.rounded(.down), Float(Scalp.rows - 1)))
    let (a, b) = (around - left, up - low)
    func blend(_ grid: [SIMD3<Float>]) -> SIMD3<Float> {
      let below = mix(grid[index(left, low)], grid[index(left + 1, low)], a)
      let above = mix(grid[index(left, low + 1)], grid[index(left + 1, low + 1)], a)
      return mix(below, above, b)
    }
    return (blend(places), normalized(blend(normals)))
  }

  /// The approximate height of a point above the skull, in centimeters; 0 on the skull.
  func height(of place: SIMD3<Float>) -> Float {
    let away = place - middle
    let scaled = length(away / axes(towards: away))
    return (scaled - 1) * length(away) / max(scaled, 0.01)
  }

  /// The outward direction at any point outside the head.
  func outwards(at place: SIMD3<Float>) -> SIMD3<Float> {
    let away = place - middle
    let axes = axes(towards: away)
    return normalized(away / (axes * axes))
  }

  private func axes(towards away: SIMD3<Float>) -> SIMD3<Float> {
    SIMD3(half.side, away.y > 0 ? half.up : 13, away.z > 0 ? half.front : half.back)
  }

  private static func height(ofRow row: Int) -> Float {
    mix(lowest, FaceChart.crown, sin(Float(row) / Float(rows) * .pi / 2))
  }

  private func index(_ column: Float, _ row: Float) -> Int {
    let wrapped = (Int(column) % Scalp.columns + Scalp.columns) % Scalp.columns
    return Int(row) * Scalp.columns + wrapped
  }

  private func normal(column: Int, row: Int) -> SIMD3<Float> {
    func place(_ column: Int, _ row: Int) -> SIMD3<Float> {
      places[index(Float(column), Float(min(max(row, 0), Scalp.rows)))]
    }
    let across = place(column + 1, row) - place(column - 1, row)
    let along = place(column, row + 1) - place(column, row - 1)
    let normal = cross(across, along)
    let outwards = outwards(at: place(column, row))
    // At the crown the columns meet and the grid is degenerate.
    return length(normal) < 1e-3 ? outwards : normalized(normal)
  }
}
