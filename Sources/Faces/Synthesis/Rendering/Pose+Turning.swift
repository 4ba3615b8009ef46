import Foundation

extension Pose {
  /// Where the skull sits on the spine, about which the head turns, in head space.
  static let pivot = SIMD3<Float>(0, -7, -9)

  /// The turned axes x, y and z: first the roll, then the pitch, then the yaw.
  var axes: (x: SIMD3<Float>, y: SIMD3<Float>, z: SIMD3<Float>) {
    func turned(_ axis: SIMD3<Float>) -> SIMD3<Float> {
      var p = axis
      p = SIMD3(p.x * cos(roll) + p.y * sin(roll), p.y * cos(roll) - p.x * sin(roll), p.z)
      p = SIMD3(p.x, p.y * cos(pitch) + p.z * sin(pitch), p.z * cos(pitch) - p.y * sin(pitch))
      return SIMD3(p.x * cos(yaw) + p.z * sin(yaw), p.y, p.z * cos(yaw) - p.x * sin(yaw))
    }
    return (turned(SIMD3(1, 0, 0)), turned(SIMD3(0, 1, 0)), turned(SIMD3(0, 0, 1)))
  }

  /// A point of head space in the world.
  func turned(_ point: SIMD3<Float>) -> SIMD3<Float> {
    let (axes, offset) = (axes, point - Pose.pivot)
    return Pose.pivot + axes.x * offset.x + axes.y * offset.y + axes.z * offset.z
  }
}

extension Mesh {
  /// The mesh of a head in this pose.
  func turned(by pose: Pose) -> Mesh {
    let axes = pose.axes
    var mesh = self
    mesh.positions = positions.map { position in
      let offset = position - Pose.pivot
      return Pose.pivot + axes.x * offset.x + axes.y * offset.y + axes.z * offset.z
    }
    return mesh
  }
}
