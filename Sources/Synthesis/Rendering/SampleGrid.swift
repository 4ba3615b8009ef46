/// A rasterizer: a grid of samples with the nearest triangle at each.
///
/// Edges follow the top-left rule on a grid of 1/256 sample, so that triangles that share an edge
/// cover each sample along it exactly once.
struct SampleGrid {
  let width: Int
  let height: Int
  /// The nearness of the visible surface at each sample, in the unit of the drawn values; −infinity
  /// for the background.
  private(set) var nearness: [Float]
  /// The triangle in the figure; −1 for none.
  private(set) var triangles: [Int32]
  private var screen: [SIMD4<Float>] = []
  private var corners: [SIMD3<Int32>] = []

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    nearness = [Float](repeating: -.infinity, count: width * height)
    triangles = [Int32](repeating: -1, count: width * height)
  }

  /// Draws the whole figure, once.
  ///
  /// - Parameter screen: for each vertex: x and y in samples (sample `k` lies at `k + 0.5`), its
  ///   nearness (linear on the screen, larger is nearer), and its inverse distance for the
  ///   perspective (1 without), which is negative for vertices that cannot be drawn; their
  ///   triangles are skipped.
  mutating func draw(_ figure: Figure, screen: [SIMD4<Float>]) {
    self.screen = screen
    corners = figure.triangles
    let places = screen.map(TriangleEdges.place)
    // Moved out of the grid, so that both can be written without a copy.
    var (nearest, seen) = (nearness, triangles)
    (nearness, triangles) = ([], [])
    for part in figure.parts {
      if part.hasHoles {
        let (charts, triangles) = (figure.charts, figure.triangles)
        fill(&nearest, &seen, part, of: figure, places) {
          [material = part.material] triangle, shares in
          let corner = triangles[triangle]
          let first = charts[Int(corner.x)]
          let second = charts[Int(corner.y)] - first
          let third = charts[Int(corner.z)] - first
          return material.covers(first + second * shares.x + third * shares.y)
        }
      } else {
        fill(&nearest, &seen, part, of: figure, places) { _, _ in true }
      }
    }
    (nearness, triangles) = (nearest, seen)
  }

  /// The perspective-correct barycentric coordinates of a triangle's second and third vertex.
  ///
  /// - Parameter place: in samples, inside the triangle.
  @inline(__always)
  func shares(of triangle: Int, at place: SIMD2<Float>) -> SIMD2<Float> {
    let corner = corners[triangle]
    let (a, b, c) = (screen[Int(corner.x)], screen[Int(corner.y)], screen[Int(corner.z)])
    let (pa, pb, pc) = (a.lowHalf - place, b.lowHalf - place, c.lowHalf - place)
    let areas = SIMD3(
      pb.x * pc.y - pb.y * pc.x, pc.x * pa.y - pc.y * pa.x, pa.x * pb.y - pa.y * pb.x)
    let sign: Float = areas.x + areas.y + areas.z < 0 ? -1 : 1
    let weights = pointwiseMax(areas * SIMD3(a.w, b.w, c.w) * sign, .zero)
    let sum = weights.x + weights.y + weights.z
    return sum > 0 ? SIMD2(weights.y, weights.z) / sum : .zero
  }

  @inline(__always)
  private func fill(
    _ nearness: inout [Float], _ triangles: inout [Int32], _ part: Figure.Part, of figure: Figure,
    _ places: [SIMD2<Int32>], where covers: (Int, SIMD2<Float>) -> Bool
  ) {
    let (corners, screen, places) = (figure.triangles.span, screen.span, places.span)
    let (width, height) = (width, height)
    var nearest = nearness.mutableSpan
    var seen = triangles.mutableSpan
    for triangle in part.triangles {
      let corner = corners[triangle]
      let (i, j, k) = (Int(corner.x), Int(corner.y), Int(corner.z))
      guard
        let edges = TriangleEdges(
          places[i], places[j], places[k], width, height, isTwoSided: part.isTwoSided)
      else { continue }
      let (a, b, c) = (screen[i], screen[j], screen[k])
      let plane = edges.plane(a.z, b.z, c.z)
      let right = edges.stepX
      for y in 0..<edges.rows.count {
        let excess = edges.excess(y)
        var (first, second, third) = (excess.x, excess.y, excess.z)
        var wasInside = false
        let rowNearness = plane.start + Float(y) * plane.down
        let row = (edges.rows.lowerBound + y) * width + edges.columns.lowerBound
        for x in 0..<edges.columns.count {
          if first | second | third >= 0 {
            wasInside = true
            let here = rowNearness + Float(x) * plane.right
            if here > nearest[row + x],
              covers(triangle, edges.shares(SIMD3(first, second, third), SIMD3(a.w, b.w, c.w)))
            {
              nearest[row + x] = here
              seen[row + x] = Int32(truncatingIfNeeded: triangle)
            }
          } else if wasInside {
            break
          }
          first &+= right.x
          second &+= right.y
          third &+= right.z
        }
      }
    }
  }
}
