/// Which triangle is seen where: a grid of samples with what is nearest at each.
///
/// Edges follow the top-left rule on a grid of 1/256 sample, so that triangles that share an edge
/// cover each sample along it exactly once.
struct SampleGrid {
  let width: Int
  let height: Int
  private(set) var samples: [Sample]

  /// What is nearest at one sample.
  struct Sample {
    /// In the unit of what was drawn; −infinity where nothing is.
    var nearness: Float = -.infinity
    /// The triangle in its figure; −1 where there is none.
    var triangle: Int32 = -1
    /// How much of the triangle's second and third vertex the sample is, in space (the perspective
    /// is taken out).
    var shares = SIMD2<Float>.zero
  }

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    samples = [Sample](repeating: Sample(), count: width * height)
  }

  /// Draws the whole figure.
  ///
  /// - Parameter screen: for each vertex: x and y in samples (sample `k` lies at `k + 0.5`), how near
  ///   it is (linear on the screen, larger is nearer), and one over its distance for the perspective
  ///   (1 without), which is negative for vertices that cannot be drawn: triangles with one are left
  ///   out.
  mutating func draw(_ figure: Figure, screen: [SIMD4<Float>]) {
    for part in figure.parts {
      if part.hasHoles {
        let (charts, triangles) = (figure.charts, figure.triangles)
        draw(part, of: figure, screen) { [material = part.material] triangle, shares in
          let corner = triangles[triangle]
          let first = charts[Int(corner.x)]
          let second = charts[Int(corner.y)] - first
          let third = charts[Int(corner.z)] - first
          return material.covers(first + second * shares.x + third * shares.y)
        }
      } else {
        draw(part, of: figure, screen) { _, _ in true }
      }
    }
  }

  @inline(__always)
  private mutating func draw(
    _ part: Figure.Part, of figure: Figure, _ screen: [SIMD4<Float>],
    where covers: (Int, SIMD2<Float>) -> Bool
  ) {
    let (corners, screen) = (figure.triangles.span, screen.span)
    for triangle in part.triangles {
      let corner = corners[triangle]
      let edges = TriangleEdges(
        screen[Int(corner.x)], screen[Int(corner.y)], screen[Int(corner.z)], width, height,
        isTwoSided: part.isTwoSided)
      if let edges { fill(triangle, edges, where: covers) }
    }
  }

  @inline(__always)
  private mutating func fill(
    _ triangle: Int, _ edges: TriangleEdges, where covers: (Int, SIMD2<Float>) -> Bool
  ) {
    let width = width
    var samples = samples.mutableSpan
    for y in edges.rows {
      let inside = edges.covered(y)
      guard !inside.isEmpty else { continue }
      let nearness = edges.nearness(y)
      var index = y * width + edges.columns.lowerBound + inside.lowerBound
      for column in inside {
        let here = nearness.start + Float(column) * nearness.step
        if here > samples[index].nearness {
          let share = edges.shares(column, y)
          if covers(triangle, share) {
            samples[index] = Sample(
              nearness: here, triangle: Int32(triangle), shares: share)
          }
        }
        index += 1
      }
    }
  }
}
