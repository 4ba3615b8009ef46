public import Faces

/// Carries what the driver of a reenactment does over to the target, in any description of faces:
/// latent codes, or landmarks in the crop.
///
/// In each of the two clips, a description is the clip's mean, plus what follows linearly from the
/// head's rotation, plus a remainder, which is the expression. The target's description with the
/// driver's remainder is the target with the driver's expression, in its own pose: identity and
/// light, which are constant in a clip, stay with the means. So both clips should show several
/// expressions, and their means count as the same one.
public struct ExpressionTransfer: Sendable {
  private let target, driver: [Double]
  private let meanPose: (target: SIMD3<Double>, driver: SIMD3<Double>)
  /// The change of each number with yaw, pitch and roll.
  private let slopes: [SIMD3<Double>]

  /// The descriptions of one clip, with the pose of each.
  public typealias Clip = [(values: [Float], pose: Pose)]

  /// Neither clip may be empty.
  public init(from driver: Clip, to target: Clip) {
    precondition(!driver.isEmpty && !target.isEmpty, "a transfer of nothing")
    let (own, other) = (ClipMean(target), ClipMean(driver))
    (self.target, self.driver) = (own.values, other.values)
    meanPose = (own.pose, other.pose)
    slopes = ExpressionTransfer.slopes(of: [(target, own), (driver, other)])
  }

  /// The target's description with the driver's expression.
  ///
  /// - Parameters:
  ///   - driver: the driver's description, and its pose.
  ///   - pose: the target's pose.
  public func callAsFunction(_ driver: (values: [Float], pose: Pose), at pose: Pose) -> [Float] {
    // What the two poses have in common cancels.
    let turn =
      SIMD3<Double>(pose) - meanPose.target - (SIMD3<Double>(driver.pose) - meanPose.driver)
    return target.indices.map { index in
      let remainder = Double(driver.values[index]) - self.driver[index]
      return Float(target[index] + remainder + (slopes[index] * turn).sum())
    }
  }

  /// Least squares over both clips, each around its own mean; slightly damped, so that clips without
  /// motion have no slopes.
  private static func slopes(of clips: [(clip: Clip, mean: ClipMean)]) -> [SIMD3<Double>] {
    var (xx, xy, xz, yy, yz, zz) = (damping, 0.0, 0.0, damping, 0.0, damping)
    var sums = [SIMD3<Double>](repeating: .zero, count: clips[0].mean.values.count)
    let count = Double(clips.reduce(0) { $0 + $1.clip.count })
    for (clip, mean) in clips {
      for (values, pose) in clip {
        let turn = SIMD3<Double>(pose) - mean.pose
        xx += turn.x * turn.x / count
        xy += turn.x * turn.y / count
        xz += turn.x * turn.z / count
        yy += turn.y * turn.y / count
        yz += turn.y * turn.z / count
        zz += turn.z * turn.z / count
        for index in sums.indices {
          sums[index] += turn * ((Double(values[index]) - mean.values[index]) / count)
        }
      }
    }
    // The inverse of a symmetric matrix: cofactors over the determinant, which damping keeps above 0.
    let rows = [
      SIMD3(yy * zz - yz * yz, xz * yz - xy * zz, xy * yz - xz * yy),
      SIMD3(xz * yz - xy * zz, xx * zz - xz * xz, xy * xz - xx * yz),
      SIMD3(xy * yz - xz * yy, xy * xz - xx * yz, xx * yy - xy * xy),
    ]
    let determinant = xx * rows[0].x + xy * rows[0].y + xz * rows[0].z
    return sums.map { sum in
      SIMD3((rows[0] * sum).sum(), (rows[1] * sum).sum(), (rows[2] * sum).sum()) / determinant
    }
  }

  /// A variance of half a degree, squared.
  private static let damping = 7.6e-5
}

/// The mean of a clip's descriptions and poses.
private struct ClipMean {
  let values: [Double]
  let pose: SIMD3<Double>

  init(_ clip: ExpressionTransfer.Clip) {
    var sums = [Double](repeating: 0, count: clip[0].values.count)
    var turn = SIMD3<Double>.zero
    for (values, pose) in clip {
      precondition(values.count == sums.count, "\(values.count) numbers, not \(sums.count)")
      for index in sums.indices { sums[index] += Double(values[index]) }
      turn += SIMD3(pose)
    }
    values = sums.map { $0 / Double(clip.count) }
    pose = turn / Double(clip.count)
  }
}

extension SIMD3<Double> {
  fileprivate init(_ pose: Pose) {
    self.init(Double(pose.yaw), Double(pose.pitch), Double(pose.roll))
  }
}
