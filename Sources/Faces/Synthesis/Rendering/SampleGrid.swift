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
    let (corners, owners) = (figure.triangles.span, figure.owners.span)
    let screen = screen.span
    for index in corners.indices {
      let corner = corners[index]
      let (a, b, c) = (
        screen[Int(corner.x)], screen[Int(corner.y)], screen[Int(corner.z)]
      )
      let part = figure.parts[Int(owners[index])]
      guard let edges = TriangleEdges(a, b, c, width, height, isTwoSided: part.isTwoSided) else {
        continue
      }
      if part.hasHoles {
        let (chartA, chartB, chartC) = (
          figure.charts[Int(corner.x)], figure.charts[Int(corner.y)], figure.charts[Int(corner.z)]
        )
        let material = part.material
        fill(Int32(index), edges) { shares in
          material.covers(chartA + (chartB - chartA) * shares.x + (chartC - chartA) * shares.y)
        }
      } else {
        fill(Int32(index), edges) { _ in true }
      }
    }
  }

  @inline(__always)
  private mutating func fill(
    _ triangle: Int32, _ edges: TriangleEdges, where covers: (SIMD2<Float>) -> Bool
  ) {
    let width = width
    var samples = samples.mutableSpan
    var row = edges.start
    for y in edges.rows {
      var value = row
      var index = y * width + edges.columns.lowerBound
      for _ in edges.columns {
        if edges.covers(value) {
          let here = edges.nearness(value)
          if here > samples[index].nearness {
            let share = edges.shares(value)
            if covers(share) {
              samples[index] = Sample(nearness: here, triangle: triangle, shares: share)
            }
          }
        }
        value &+= edges.stepX
        index += 1
      }
      row &+= edges.stepY
    }
  }
}
