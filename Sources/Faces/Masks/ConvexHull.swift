/// The smallest convex polygon around some points.
struct ConvexHull {
  let corners: [SIMD2<Double>]

  /// Andrew's monotone chain.
  init(of points: some Sequence<SIMD2<Double>>) {
    let sorted = points.sorted { $0.x != $1.x ? $0.x < $1.x : $0.y < $1.y }
    let lower = ConvexHull.chain(sorted)
    let upper = ConvexHull.chain(sorted.reversed())
    corners = lower.dropLast() + upper.dropLast()
  }

  /// The distance of a point from the hull; negative inside.
  ///
  /// Exact next to an edge, a lower bound near a corner.
  func distance(to place: SIMD2<Double>) -> Double {
    var farthest = -Double.infinity
    for index in corners.indices {
      let from = corners[index]
      let along = corners[(index + 1) % corners.count] - from
      let length = (along * along).sum().squareRoot()
      guard length > 0 else { continue }
      let offset = place - from
      farthest = max(farthest, (along.y * offset.x - along.x * offset.y) / length)
    }
    return farthest.isFinite ? farthest : .infinity
  }

  private static func chain(_ points: [SIMD2<Double>]) -> [SIMD2<Double>] {
    var chain: [SIMD2<Double>] = []
    for point in points {
      while chain.count > 1 {
        let along = chain[chain.count - 1] - chain[chain.count - 2]
        let next = point - chain[chain.count - 1]
        guard along.x * next.y - along.y * next.x <= 0 else { break }
        chain.removeLast()
      }
      chain.append(point)
    }
    return chain
  }
}
