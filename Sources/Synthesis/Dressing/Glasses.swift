import Faces
import Foundation

/// Glasses: rims, a bridge over the nose, and temples to the ears; the lenses are clear.
struct Glasses {
  /// The face at rest: glasses keep still while it moves.
  let form: HeadForm

  /// Empty without glasses.
  func meshes() -> [Mesh] {
    guard let shape = Shape(form.identity.glasses) else { return [] }
    let material = FrameMaterial(form.identity)
    let front = max(form(3.2, 2).z + 0.4, form(0, 0.2).z + 0.3)
    var meshes: [Mesh] = []
    for eye in form.eyes {
      let middle = SIMD3(eye.middle.x * 1.02, eye.middle.y - shape.drop, front)
      meshes.append(
        Tube(
          line: rim(shape, middle, side: eye.side), thickness: shape.bar, front: SIMD3(0, 0, 1),
          isClosed: true
        ).mesh(material))
      meshes.append(temple(shape, middle, side: eye.side).mesh(material))
    }
    meshes.append(bridge(shape, front: front).mesh(material))
    return meshes
  }

  /// The proportions of a frame, in centimeters.
  private struct Shape {
    /// Half the width and height of a lens.
    var lens: SIMD2<Float>
    /// 2 is an ellipse; the higher, the nearer to a rectangle.
    var corners: Float
    /// Half the thickness of a rim: to the front and in the lens's plane.
    var bar: SIMD2<Float>
    /// How far the lens hangs below the eye.
    var drop: Float

    init?(_ style: GlassesStyle) {
      switch style {
      case .none: return nil
      case .thin:
        (lens, corners, bar, drop) = (SIMD2(2.55, 1.6), 3.2, SIMD2(0.08, 0.06), 0.25)
      case .round:
        (lens, corners, bar, drop) = (SIMD2(2.3, 2.2), 2.1, SIMD2(0.1, 0.09), 0.3)
      case .thick:
        (lens, corners, bar, drop) = (SIMD2(2.6, 1.9), 3, SIMD2(0.18, 0.22), 0.3)
      }
    }
  }

  private func rim(_ shape: Shape, _ middle: SIMD3<Float>, side: Float) -> [SIMD3<Float>] {
    (0..<32).map { index in
      let turn = Float(index) / 32 * 2 * .pi
      let (x, y) = (cos(turn), sin(turn))
      let reach = pow(pow(abs(x), shape.corners) + pow(abs(y), shape.corners), -1 / shape.corners)
      // Lenses narrow downwards towards the nose and follow the face around its side.
      let narrow = y < 0 ? 1 + 0.08 * y : 1
      let flat = SIMD2(x * narrow, y) * reach * shape.lens
      let round = -0.05 * max(0, middle.x * side + flat.x * side - 2) * (side * (middle.x + flat.x))
      return middle + SIMD3(flat.x, flat.y, round * 0.6)
    }
  }

  private func temple(_ shape: Shape, _ middle: SIMD3<Float>, side: Float) -> Tube {
    let ear = form(side * 7.62, -0.2)
    let height = middle.y + shape.lens.y * 0.55
    let rim = SIMD3(middle.x + side * shape.lens.x, height, middle.z - 0.75)
    let hinge = SIMD3(max(abs(ear.x) - 0.15, abs(rim.x) + 0.2) * side, height, middle.z - 1.1)
    let behind = SIMD3(ear.x + side * 0.2, max(ear.y + 1.2, 0.6), ear.z - 0.6)
    let line = [
      rim, hinge, mix(hinge, behind, 0.12), mix(hinge, behind, 0.5) + SIMD3(side * 0.28, 0, 0),
      behind,
      behind + SIMD3(0, -0.9, -1.0), behind + SIMD3(-side * 0.1, -2.6, -1.6),
    ]
    return Tube(
      line: line, thickness: SIMD2(min(shape.bar.x, 0.09), max(shape.bar.y * 1.2, 0.1)),
      front: SIMD3(side, 0, 0.5))
  }

  private func bridge(_ shape: Shape, front: Float) -> Tube {
    let inner = form.eyes.map { $0.middle.x * 1.02 - $0.side * shape.lens.x * 0.97 }
    let height = form.eyes[0].middle.y - shape.drop + shape.lens.y * 0.42
    let line = (0...8).map { index in
      let share = Float(index) / 8
      let arch = 4 * share * (1 - share)
      return SIMD3(mix(inner[0], inner[1], share), height + 0.28 * arch, front + 0.1 * arch)
    }
    return Tube(line: line, thickness: shape.bar * SIMD2(1, 1.1), front: SIMD3(0, 0, 1))
  }
}
