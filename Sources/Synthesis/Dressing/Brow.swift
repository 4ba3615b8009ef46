import Faces

/// One brow: strands in two layers slightly above the skin, which moves them.
struct Brow {
  let form: HeadForm
  /// −1 for the viewer's left, 1 for the right.
  let side: Float
  private static let columns = 22
  private static let rows = 5

  func meshes() -> [Mesh] {
    [Float(0.03), 0.1].enumerated().map { layer, height in
      let material = BrowMaterial(
        identity: form.identity, color: HairColor(form.identity, depth: 1.7, grayness: 0.5),
        strands: Noise(form.identity.grain, side < 0 ? 40 : 41), layer: Float(layer))
      let grid = MeshGrid(rows: Brow.rows, columns: Brow.columns) { row, column in
        let share = Float(column) / Float(Brow.columns - 1)
        let across = Float(row) / Float(Brow.rows - 1) * 2 - 1
        let (s, t) = place(share, across)
        let point = form(s, t)
        let normal = normalized(
          cross(form(s + 0.1, t) - point, form(s, t + 0.1) - point))
        return (point + normal * height, SIMD2(share * BrowMaterial.length, across))
      }
      return grid.mesh(material, isMirrored: side < 0)
    }
  }

  /// A place on the skin's chart, from the inner (0) to the outer end (1), from the lower (−1) to the
  /// upper edge (1).
  private func place(_ share: Float, _ across: Float) -> (Float, Float) {
    let s = mix(FaceChart.browInner.x, FaceChart.browOuter.x, share)
    return (side * s, Brow.middle(s) + across * Brow.breadth(share, form.identity))
  }

  /// Where a point of the skin's chart lies in the brow: along it, 0…1 inside, and across it, −1…1 inside.
  static func place(_ away: Float, _ t: Float, _ identity: Identity) -> SIMD2<Float> {
    let (inner, outer) = (FaceChart.browInner.x, FaceChart.browOuter.x)
    let share = (away - inner) / (outer - inner)
    return SIMD2(share, (t - middle(away)) / breadth(share, identity))
  }

  /// The height of the brow's middle line: the parabola through three points.
  private static func middle(_ s: Float) -> Float {
    let (a, b, c) = (FaceChart.browInner, FaceChart.browPeak, FaceChart.browOuter)
    let first = (s - b.x) * (s - c.x) / ((a.x - b.x) * (a.x - c.x))
    let second = (s - a.x) * (s - c.x) / ((b.x - a.x) * (b.x - c.x))
    let third = (s - a.x) * (s - b.x) / ((c.x - a.x) * (c.x - b.x))
    return a.y * first + b.y * second + c.y * third
  }

  /// Half the brow's height.
  private static func breadth(_ share: Float, _ identity: Identity) -> Float {
    (0.26 + 0.3 * identity.browThickness) * (1 - 0.62 * ramp(share, 0.45, 1))
  }
}
