import Faces

/// Where the hair of the head begins: the lowest `t` of `FaceChart` with hair, for each `s`.
struct Hairline {
  private let points: [SIMD2<Float>]

  init(_ identity: Identity) {
    let back = identity.hairline
    let ears = 0.25 * identity.earSize
    points = [
      SIMD2(0, 6.6 + 0.9 * back), SIMD2(1.5, 6.7 + 1.1 * back), SIMD2(3.0, 6.75 + 2.1 * back),
      SIMD2(4.1, 6.2 + 2.5 * back), SIMD2(4.9, 4.9 + 1.7 * back), SIMD2(5.5, 3.4 + 0.8 * back),
      SIMD2(6.1, 1.9), SIMD2(6.6, 0.7), SIMD2(7.0, -0.6), SIMD2(7.25, -0.5),
      SIMD2(7.55, 1.4 + ears), SIMD2(8.3, 1.9 + ears), SIMD2(8.9, 0.4), SIMD2(9.5, -3.2),
      SIMD2(10.6, -6.2), SIMD2(12.6, -7.4), SIMD2(14.8, -7.8),
    ]
  }

  /// The lowest `t` with hair.
  func lowest(_ s: Float) -> Float {
    let away = min(abs(s), FaceChart.back)
    var next = 1
    while next < points.count - 1, points[next].x < away { next += 1 }
    let (a, b) = (points[next - 1], points[next])
    return mix(a.y, b.y, ramp(away, a.x, b.x))
  }
}
