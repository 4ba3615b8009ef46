import Faces

/// The lashes of one upper lid.
struct Lashes {
  let form: HeadForm
  /// −1 for the viewer's left, 1 for the right.
  let side: Float
  private static let columns = 16

  func mesh() -> Mesh {
    let closed = side < 0 ? form.expression.lidRight : form.expression.lidLeft
    let length = 0.25 + 0.4 * form.identity.lashes
    let grid = MeshGrid(rows: 3, columns: Lashes.columns) { row, column in
      let share = Float(column) / Float(Lashes.columns - 1)
      let s = side * mix(FaceChart.eyeInner + 0.15, FaceChart.eyeOuter, share)
      let lid = form(s, FaceChart.eyeSlit)
      let along = Float(row) / 2
      // Forwards, then up while the eye is open, down on a closed one; outwards at the outer end.
      let rise = mix(0.75, -0.5, closed) * along
      let direction = SIMD3(side * (share - 0.4) * 0.8, rise, 0.85)
      let reach = length * along * ramp(share, -0.25, 0.7)
      return (lid + SIMD3(0, 0, 0.03) + direction * reach, SIMD2(share * 2.7, along))
    }
    return grid.mesh(
      LashMaterial(
        identity: form.identity, strands: Noise(form.identity.grain, side < 0 ? 42 : 43)),
      isTwoSided: true, isMirrored: side < 0)
  }
}
