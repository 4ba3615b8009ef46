/// A triangle on the grid of samples, ready to be filled.
struct TriangleEdges {
  let columns: Range<Int>
  let rows: Range<Int>
  /// The three edge functions at the first column of the first row; the one at place `k` is the
  /// doubled area opposite vertex `k`, positive inside.
  let start: SIMD3<Int>
  let stepX: SIMD3<Int>
  let stepY: SIMD3<Int>
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
    columns = max(0, Int(low.x - 0.51))..<max(0, min(width, Int(high.x + 0.51)))
    rows = max(0, Int(low.y - 0.51))..<max(0, min(height, Int(high.y + 0.51)))
    guard !columns.isEmpty, !rows.isEmpty else { return nil }

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

  private static func snapped(_ point: SIMD4<Float>) -> (Int, Int) {
    (Int((point.x * 256).rounded()), Int((point.y * 256).rounded()))
  }

  /// True if a sample with the given edge functions belongs to the triangle.
  @inline(__always)
  func covers(_ value: SIMD3<Int>) -> Bool {
    let excess = value &- least
    return (excess.x | excess.y | excess.z) >= 0
  }

  /// How near the surface is at a sample with the given edge functions.
  @inline(__always)
  func nearness(_ value: SIMD3<Int>) -> Float {
    Float(value.x) * depths.x + Float(value.y) * depths.y + Float(value.z) * depths.z
  }

  /// How much of the second and the third vertex a sample is, in space.
  @inline(__always)
  func shares(_ value: SIMD3<Int>) -> SIMD2<Float> {
    let (a, b, c) = (
      Float(value.x) * inverses.x, Float(value.y) * inverses.y, Float(value.z) * inverses.z
    )
    let sum = a + b + c
    return sum > 0 ? SIMD2(b, c) / sum : .zero
  }
}
