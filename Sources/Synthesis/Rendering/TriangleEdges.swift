/// A triangle on the sample grid, ready for rasterization.
struct TriangleEdges {
  let columns: Range<Int>
  let rows: Range<Int>
  /// The three edge functions at the first column of the first row; function `k` is twice the area
  /// opposite vertex `k`, positive inside.
  private let start: SIMD3<Int>
  /// The increments of the edge functions per column and per row.
  let stepX, stepY: SIMD3<Int>
  /// The minimum values of the edge functions for a covered sample.
  private let least: SIMD3<Int>
  /// Twice the triangle's area.
  private let area: Int

  /// The position of a vertex that cannot be drawn.
  private static let nowhere = SIMD2<Int32>(repeating: .min)

  /// The nearest place of the grid of 1/256 sample to a vertex on the screen.
  @inline(__always)
  static func place(_ point: SIMD4<Float>) -> SIMD2<Int32> {
    guard point.w > 0, point.x > -8192, point.y > -8192, point.x < 16384, point.y < 16384 else {
      return nowhere
    }
    // The shift makes truncation round down.
    let shift = 8192 * 256
    return SIMD2(
      Int32(Int(Double(point.x) * 256 + Double(shift) + 0.5) - shift),
      Int32(Int(Double(point.y) * 256 + Double(shift) + 0.5) - shift))
  }

  /// Nil for triangles that cover no sample, face away, or have a vertex that cannot be drawn.
  @inline(__always)
  init?(
    _ a: SIMD2<Int32>, _ b: SIMD2<Int32>, _ c: SIMD2<Int32>, _ width: Int, _ height: Int,
    isTwoSided: Bool
  ) {
    let (left, top) = (min(a.x, min(b.x, c.x)), min(a.y, min(b.y, c.y)))
    guard left > .min else { return nil }
    let (ax, ay, bx, by) = (Int(a.x), Int(a.y), Int(b.x), Int(b.y))
    let (cx, cy) = (Int(c.x), Int(c.y))
    // y points down on the screen: counter-clockwise seen is a negative area here.
    let area = (bx &- ax) &* (cy &- ay) &- (by &- ay) &* (cx &- ax)
    guard area < 0 || (area > 0 && isTwoSided) else { return nil }
    let (right, bottom) = (max(a.x, max(b.x, c.x)), max(a.y, max(b.y, c.y)))
    let firstColumn = max(0, Int(left &+ 127) >> 8)
    let firstRow = max(0, Int(top &+ 127) >> 8)
    let endColumn = min(width, Int(right &+ 128) >> 8)
    let endRow = min(height, Int(bottom &+ 128) >> 8)
    guard firstColumn < endColumn, firstRow < endRow else { return nil }
    columns = firstColumn..<endColumn
    rows = firstRow..<endRow

    let sign = area < 0 ? -1 : 1
    self.area = area &* sign
    // The edge opposite vertex k runs through the other two: E(p) = sign · cross(v - u, p - u).
    let u = (x: SIMD3(bx, cx, ax), y: SIMD3(by, cy, ay))
    let dx = SIMD3((cx &- bx) &* sign, (ax &- cx) &* sign, (bx &- ax) &* sign)
    let dy = SIMD3((cy &- by) &* sign, (ay &- cy) &* sign, (by &- ay) &* sign)
    let (x, y) = (firstColumn &* 256 &+ 128, firstRow &* 256 &+ 128)
    start = SIMD3(
      dx.x &* (y &- u.y.x) &- dy.x &* (x &- u.x.x), dx.y &* (y &- u.y.y) &- dy.y &* (x &- u.x.y),
      dx.z &* (y &- u.y.z) &- dy.z &* (x &- u.x.z))
    least = SIMD3(
      TriangleEdges.least(dx.x, dy.x), TriangleEdges.least(dx.y, dy.y),
      TriangleEdges.least(dx.z, dy.z))
    stepX = SIMD3(dy.x &* -256, dy.y &* -256, dy.z &* -256)
    stepY = SIMD3(dx.x &* 256, dx.y &* 256, dx.z &* 256)
  }

  /// A sample on an edge belongs to the triangle whose top or left edge that is.
  @inline(__always)
  private static func least(_ dx: Int, _ dy: Int) -> Int {
    dy < 0 || (dy == 0 && dx > 0) ? 0 : 1
  }

  /// The excess of a row's first sample over the minimum values: a sample is covered if none is
  /// negative.
  ///
  /// - Parameter row: counted from the first of `rows`.
  @inline(__always)
  func excess(_ row: Int) -> SIMD3<Int> {
    SIMD3(
      start.x &+ stepY.x &* row &- least.x, start.y &+ stepY.y &* row &- least.y,
      start.z &+ stepY.z &* row &- least.z)
  }

  /// A value that is linear on the screen, from its values at the vertices: at the first sample,
  /// and the increments per column and per row.
  @inline(__always)
  func plane(_ a: Float, _ b: Float, _ c: Float) -> (start: Float, right: Float, down: Float) {
    let scale = 1 / Float(area)
    let (second, third) = ((b - a) * scale, (c - a) * scale)
    return (
      a + Float(start.y) * second + Float(start.z) * third,
      Float(stepX.y) * second + Float(stepX.z) * third,
      Float(stepY.y) * second + Float(stepY.z) * third
    )
  }

  /// The perspective-correct barycentric coordinates of the second and third vertex at a sample.
  ///
  /// - Parameters:
  ///   - excess: of the edge functions at the sample.
  ///   - inverses: the inverse distance of each vertex.
  @inline(__always)
  func shares(_ excess: SIMD3<Int>, _ inverses: SIMD3<Float>) -> SIMD2<Float> {
    let a = Float(excess.x &+ least.x) * inverses.x
    let b = Float(excess.y &+ least.y) * inverses.y
    let c = Float(excess.z &+ least.z) * inverses.z
    let sum = a + b + c
    return sum > 0 ? SIMD2(b, c) / sum : .zero
  }
}
