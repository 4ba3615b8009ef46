import Faces
import Foundation

/// An outer ear: concha, antihelix, helix and lobe.
///
/// It is a height over the ear's own plane: `b` runs backwards and `u` up, in centimeters from the
/// ear's canal, and the height away from the head.
struct Ear {
  private let form: HeadForm
  /// −1 for the viewer's left, 1 for the right.
  private let side: Float
  private static let columns = 36
  /// How far from the concha's middle (0) to the rim (1) the rows lie, and, past the rim, back again
  /// on the side that faces the head.
  private static let rows: [(reach: Float, isBack: Bool)] =
    [0, 0.2, 0.36, 0.48, 0.58, 0.68, 0.77, 0.86, 0.94, 1].map { ($0, false) }
    + [1.01, 0.93, 0.7, 0.4].map { ($0, true) }
  private static let concha = SIMD2<Float>(0.75, -0.25)

  init(_ form: HeadForm, side: Float) {
    self.form = form
    self.side = side
  }

  func mesh() -> Mesh {
    let size = 0.95 + 0.06 * form.identity.earSize
    let angle = 0.44 + 0.13 * form.identity.earAngle
    let root = form(side * 7.62, -1.75)
    let up = SIMD3<Float>(side * 0.08, cos(0.16), -sin(0.16))
    let back = normalized(SIMD3(side * sin(angle), -0.12, -cos(angle)))
    let out = cross(back, up) * -side
    let grid = MeshGrid(rows: Ear.rows.count, columns: Ear.columns + 1) { row, column in
      let turn = Float(column) / Float(Ear.columns) * 2 * .pi
      let (reach, isBack) = Ear.rows[row]
      let rim = Ear.rim(turn)
      let flat = Ear.concha + (rim - Ear.concha) * reach
      let height = isBack ? Ear.back(reach, turn) : Ear.front(reach, turn)
      let place = root + (back * (flat.x + 0.1) + up * flat.y) * size + out * (height * size)
      return (place - SIMD3(side * 0.12, 0, 0), flat)
    }
    return grid.mesh(
      EarMaterial(skin: SkinMaterial(of: form), side: side),
      isMirrored: side > 0)
  }

  /// The ear's outline; 0 is backwards, a quarter turn up.
  private static func rim(_ turn: Float) -> SIMD2<Float> {
    // Knots every eighth of a turn: back, up and back, up, and so on.
    let knots: [SIMD2<Float>] = [
      SIMD2(2.75, 0.35), SIMD2(2.65, 2.1), SIMD2(1.35, 3.15), SIMD2(0.1, 2.2),
      SIMD2(-0.2, 0.1), SIMD2(-0.1, -1.5), SIMD2(0.75, -3.0), SIMD2(1.9, -1.75),
    ]
    let place = turn / (2 * .pi) * 8
    let first = Int(place.rounded(.down))
    let x = place - place.rounded(.down)
    func knot(_ index: Int) -> SIMD2<Float> { knots[(index + 8) % 8] }
    let (a, b, c, d) = (knot(first - 1), knot(first), knot(first + 1), knot(first + 2))
    let bend = (a * 2 - b * 5 + c * 4 - d) * (x * x)
    let end = (b * 3 - a - c * 3 + d) * (x * x * x)
    return (b * 2 + (c - a) * x + bend + end) * 0.5
  }

  /// How far the side that is seen stands out.
  private static func front(_ reach: Float, _ turn: Float) -> Float {
    let lobe = bump(around(turn, 4.7), 1.1)
    let face = bump(around(turn, 3.3), 1.0)
    let shell = -0.75 * (1 - ramp(reach, 0.3, 0.56)) * (1 - 0.4 * face)
    let ridge = 0.22 * bump(reach - 0.6, 0.14) * (1 - face) * (1 - lobe)
    let groove = -0.12 * bump(reach - 0.77, 0.13) * (1 - face) * (1 - lobe)
    let helix = 0.3 * bump(reach - 0.93, 0.16) * (1 - 0.8 * lobe) * (1 - 0.7 * face)
    let tragus = 0.42 * face * bump(reach - 0.62, 0.36)
    let edge = -0.16 * ramp(reach, 0.94, 1)
    return shell + ridge + groove + helix + tragus + edge + 0.08 * lobe
  }

  /// How far the side that faces the head stands out.
  private static func back(_ reach: Float, _ turn: Float) -> Float {
    reach > 1 ? -0.22 : mix(-1.5, -0.3, ramp(reach, 0.4, 0.95))
  }

  /// The difference of two angles, −π…π.
  private static func around(_ turn: Float, _ middle: Float) -> Float {
    let off = turn - middle
    return off > .pi ? off - 2 * .pi : (off < -.pi ? off + 2 * .pi : off)
  }
}
