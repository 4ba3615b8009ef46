/// A triangle on the grid of samples, ready to be filled.
struct TriangleEdges {
  let columns: Range<Int>
  let rows: Range<Int>
  /// The three edge functions at the first column of the first row, and how they change from column to
  /// column and from row to row; the one at place `k` is the doubled area opposite vertex `k`,
  /// positive inside.
  private let start, stepX, stepY: SIMD3<Int>
  /// What the edge functions must reach for a sample to be covered.
  private let least: SIMD3<Int>
  private let depths: SIMD3<Float>
  private let inverses: SIMD3<Float>

  /// Nil for triangles that cover no sample, are seen from behind, or reach behind the camera.
  init?(
    _ a: SIMD4<Float>, _ b: SIMD4<Float>, _ c: SIMD4<Float>, _ width: Int, _ height: Int,
    isTwoSided: Bool
  ) {
    guard min(a.w, min(b.w, c.w)) > 0 else { return nil }
    let low = SIMD2(min(a.x, min(b.x, c.x)), min(a.y, min(b.y, c.y)))
    let high = SIMD2(max(a.x, max(b.x, c.x)), max(a.y, max(b.y, c.y)))
    guard high.x > 0, high.y > 0, low.x < Float(width), low.y < Float(height) else { return nil }
    guard low.x > -8192, low.y > -8192, high.x < 16384, high.y < 16384 else { return nil }
    // The samples between the outermost corners, with room for corners that snap outwards.
    let (left, top) = (Int(max(low.x + 0.49, 0)), Int(max(low.y + 0.49, 0)))
    let (right, bottom) = (min(width, Int(high.x + 0.51)), min(height, Int(high.y + 0.51)))
    guard left < right, top < bottom else { return nil }
    columns = left..<right
    rows = top..<bottom

    let (ax, ay) = TriangleEdges.snapped(a)
    let (bx, by) = TriangleEdges.snapped(b)
    let (cx, cy) = TriangleEdges.snapped(c)
    // y points down on the screen: counter-clockwise seen is a negative area here.
    let area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    guard area < 0 || (area > 0 && isTwoSided) else { return nil }
    let sign = area < 0 ? -1 : 1
    // The edge opposite vertex k runs through the other two: E(p) = sign · cross(v - u, p - u).
    let u = (x: SIMD3(bx, cx, ax), y: SIMD3(by, cy, ay))
    let v = (x: SIMD3(cx, ax, bx), y: SIMD3(cy, ay, by))
    let (dx, dy) = ((v.x &- u.x) &* sign, (v.y &- u.y) &* sign)
    let (x, y) = (columns.lowerBound * 256 + 128, rows.lowerBound * 256 + 128)
    start = dx &* (SIMD3(repeating: y) &- u.y) &- dy &* (SIMD3(repeating: x) &- u.x)
    // A sample on an edge belongs to the triangle whose top or left edge that is.
    var least = SIMD3<Int>.zero
    for k in 0..<3 where !(dy[k] < 0 || (dy[k] == 0 && dx[k] > 0)) { least[k] = 1 }
    self.least = least
    stepX = dy &* -256
    stepY = dx &* 256
    let scale = 1 / Float(abs(area))
    depths = SIMD3(a.z, b.z, c.z) * scale
    inverses = SIMD3(a.w, b.w, c.w) * scale
  }

  /// The nearest place of the grid of 1/256 sample; `shift` makes truncation round down.
  @inline(__always)
  private static func snapped(_ point: SIMD4<Float>) -> (Int, Int) {
    let shift = 8192 * 256
    return (
      Int(Double(point.x) * 256 + Double(shift) + 0.5) - shift,
      Int(Double(point.y) * 256 + Double(shift) + 0.5) - shift
    )
  }

  /// The columns of a row that belong to the triangle, counted from the first of `columns`.
  @inline(__always)
  func covered(_ y: Int) -> Range<Int> {
    let excess = start &+ stepY &* (y - rows.lowerBound) &- least
    var (low, high) = (0, columns.count)
    for k in 0..<3 {
      let (value, step) = (excess[k], stepX[k])
      if step > 0 {
        if value < 0 { low = max(low, (step - 1 - value) / step) }
      } else if value < 0 {
        return 0..<0
      } else if step < 0 {
        high = min(high, value / -step + 1)
      }
    }
    return low < high ? low..<high : 0..<0
  }

  /// How near the surface is at the first column of a row, and how that changes from one to the next.
  @inline(__always)
  func nearness(_ y: Int) -> (start: Float, step: Float) {
    let value = start &+ stepY &* (y - rows.lowerBound)
    return (
      Float(value.x) * depths.x + Float(value.y) * depths.y + Float(value.z) * depths.z,
      Float(stepX.x) * depths.x + Float(stepX.y) * depths.y + Float(stepX.z) * depths.z
    )
  }

  /// How much of the second and the third vertex a sample is, in space.
  ///
  /// - Parameter column: counted from the first of `columns`.
  @inline(__always)
  func shares(_ column: Int, _ y: Int) -> SIMD2<Float> {
    let value = start &+ stepY &* (y - rows.lowerBound) &+ stepX &* column
    let (a, b, c) = (
      Float(value.x) * inverses.x, Float(value.y) * inverses.y, Float(value.z) * inverses.z
    )
    let sum = a + b + c
    return sum > 0 ? SIMD2(b, c) / sum : .zero
  }
}
