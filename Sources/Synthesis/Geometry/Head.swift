import Faces
import Foundation

/// A head and neck at one time: surfaces in space, and the 68 landmarks.
struct Head {
  let form: HeadForm
  private let turn: Turn

  init(
    _ identity: Identity, _ expression: FacialExpression, _ pose: Pose, pulse: Pulse? = nil
  ) {
    form = HeadForm(identity, expression, pulse: pulse)
    turn = Turn(pose)
  }

  /// Skin, eyes, and the inside of the mouth.
  var meshes: [Mesh] {
    var meshes = [SkinGrid.mesh(of: form)]
    for eye in form.eyes {
      meshes.append(EyeBall.mesh(of: eye, form))
      meshes.append(EyeBall.corners(of: eye, form))
    }
    meshes += MouthInside.meshes(of: form)
    return meshes.map(turned)
  }

  /// A surface rotated with the head, and progressively less below the chin.
  func turned(_ mesh: Mesh) -> Mesh {
    var mesh = mesh
    if let normals = mesh.normals {
      mesh.normals = zip(mesh.positions, normals).map { place, normal in
        let share = Head.stiffness(place)
        return turn(place + normal, share: share) - turn(place, share: share)
      }
    }
    mesh.positions = mesh.positions.map { turned($0) }
    return mesh
  }

  /// The position of a point after the head's rotation.
  func turned(_ point: SIMD3<Float>) -> SIMD3<Float> {
    turn(point, share: Head.stiffness(point))
  }

  /// The 68 landmarks of iBUG in space.
  var landmarks: [SIMD3<Float>] {
    FaceLandmarks.places.map { turned(form($0.x, $0.y)) }
  }

  /// The share of the head's rotation that applies to a point: all above the throat, none at the
  /// shoulders.
  private static func stiffness(_ point: SIMD3<Float>) -> Float {
    // The neck begins lower in front than behind.
    let top = mix(-9.5, -12.6, ramp(point.z, -13, -3))
    return ramp(point.y, -19.5, top)
  }
}

/// The head's rotation around its joint.
struct Turn {
  private let pose: Pose
  private let whole: (SIMD3<Float>, SIMD3<Float>, SIMD3<Float>)

  /// The upper end of the spine.
  static let joint = SIMD3<Float>(0, -8, -10)

  init(_ pose: Pose) {
    self.pose = pose
    whole = Turn.axes(pose, share: 1)
  }

  func callAsFunction(_ point: SIMD3<Float>, share: Float) -> SIMD3<Float> {
    guard share > 0 else { return point }
    let axes = share >= 1 ? whole : Turn.axes(pose, share: share)
    let p = point - Turn.joint
    return Turn.joint + axes.0 * p.x + axes.1 * p.y + axes.2 * p.z
  }

  /// The images of the three axes: roll first, then pitch, then yaw.
  private static func axes(
    _ pose: Pose, share: Float
  ) -> (SIMD3<Float>, SIMD3<Float>, SIMD3<Float>) {
    let (sy, cy) = (sin(pose.yaw * share), cos(pose.yaw * share))
    let (sp, cp) = (sin(pose.pitch * share), cos(pose.pitch * share))
    let (sr, cr) = (sin(-pose.roll * share), cos(-pose.roll * share))
    func turned(_ v: SIMD3<Float>) -> SIMD3<Float> {
      let a = SIMD3(v.x * cr - v.y * sr, v.x * sr + v.y * cr, v.z)
      let b = SIMD3(a.x, a.y * cp + a.z * sp, a.z * cp - a.y * sp)
      return SIMD3(b.x * cy + b.z * sy, b.y, b.z * cy - b.x * sy)
    }
    return (turned(SIMD3(1, 0, 0)), turned(SIMD3(0, 1, 0)), turned(SIMD3(0, 0, 1)))
  }
}
