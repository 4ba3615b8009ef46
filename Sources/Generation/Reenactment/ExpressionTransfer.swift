public import Faces

/// Carries what the driver of a reenactment does over to the target, in any description of faces:
/// latent codes, or landmarks in the crop.
///
/// In each of the two clips, a description is the clip's mean, plus what follows linearly from the
/// head's rotation, plus a remainder, which is the expression. The target's description with the
/// driver's remainder is the target with the driver's expression, in its own pose: identity and
/// light, which are constant in a clip, stay with the means.
///
/// The means are those of faces with closed mouths: how far a mouth is open means the same on every
/// face, so that a clip with parted lips does not count as neutral. In all other respects the two
/// clips' mean expressions count as the same one; so both should show several.
public struct ExpressionTransfer: Sendable {
  private let target, driver: Mean
  /// The change of each number with yaw, pitch, roll and the mouth's gap.
  private let slopes: [SIMD4<Double>]

  /// The descriptions of one clip, with what they follow from.
  public typealias Clip = [(values: [Float], traits: Traits)]

  /// What is known of a face without its description.
  public struct Traits: Equatable, Sendable {
    /// The rotation of the head.
    public var pose: Pose
    /// The gap between the lips, relative to the distance between the eyes' outer corners.
    public var gap: Float

    /// A pose, and a mouth so far open.
    public init(pose: Pose, gap: Float) { (self.pose, self.gap) = (pose, gap) }

    /// The traits of a face with these 68 landmarks.
    public init(landmarks: [SIMD2<Float>]) {
      func distance(_ one: Int, _ other: Int) -> Float {
        let offset = landmarks[one] - landmarks[other]
        return (offset * offset).sum().squareRoot()
      }
      let gaps = distance(61, 67) + distance(62, 66) + distance(63, 65)
      let eyes = distance(36, 45)
      self.init(pose: Pose(landmarks: landmarks), gap: eyes > 0 ? gaps / (3 * eyes) : 0)
    }

    fileprivate var numbers: SIMD4<Double> {
      SIMD4(Double(pose.yaw), Double(pose.pitch), Double(pose.roll), Double(gap))
    }
  }

  /// Neither clip may be empty.
  public init(from driver: Clip, to target: Clip) {
    precondition(!driver.isEmpty && !target.isEmpty, "a transfer of nothing")
    (self.target, self.driver) = (Mean(target), Mean(driver))
    slopes = ExpressionTransfer.slopes(of: [(target, self.target), (driver, self.driver)])
  }

  /// The target's description with the driver's expression.
  ///
  /// - Parameters:
  ///   - driver: the driver's description, and its traits.
  ///   - pose: the target's pose.
  public func callAsFunction(_ driver: (values: [Float], traits: Traits), at pose: Pose) -> [Float]
  {
    // What the two have in common cancels.
    var change =
      Traits(pose: pose, gap: 0).numbers - target.traits
      - (driver.traits.numbers - self.driver.traits)
    change.w = self.driver.traits.w - target.traits.w
    return slopes.indices.map { index in
      let remainder = Double(driver.values[index]) - self.driver.values[index]
      return Float(target.values[index] + remainder + (slopes[index] * change).sum())
    }
  }

  /// Least squares over both clips, each around its own mean; slightly damped, so that what does not
  /// vary has no slope.
  private static func slopes(of clips: [(clip: Clip, mean: Mean)]) -> [SIMD4<Double>] {
    var squares = [SIMD4<Double>](repeating: .zero, count: 4)
    var sums = [SIMD4<Double>](repeating: .zero, count: clips[0].mean.values.count)
    let count = Double(clips.reduce(0) { $0 + $1.clip.count })
    for (clip, mean) in clips {
      for (values, traits) in clip {
        let change = traits.numbers - mean.traits
        for row in 0..<4 { squares[row] += change * (change[row] / count) }
        for index in sums.indices {
          sums[index] += change * ((Double(values[index]) - mean.values[index]) / count)
        }
      }
    }
    for row in 0..<4 { squares[row][row] += damping }
    let inverse = inverse(of: squares)
    return sums.map { sum in
      SIMD4(
        (inverse[0] * sum).sum(), (inverse[1] * sum).sum(), (inverse[2] * sum).sum(),
        (inverse[3] * sum).sum())
    }
  }

  /// The variance of half a degree, and of less than a hundredth of the distance between the eyes.
  private static let damping = 7.6e-5

  /// The inverse of a positive definite matrix by rows (Gauss and Jordan).
  private static func inverse(of matrix: [SIMD4<Double>]) -> [SIMD4<Double>] {
    var rows = matrix
    var result = (0..<4).map { row in
      var unit = SIMD4<Double>.zero
      unit[row] = 1
      return unit
    }
    for pivot in 0..<4 {
      let scale = 1 / rows[pivot][pivot]
      (rows[pivot], result[pivot]) = (rows[pivot] * scale, result[pivot] * scale)
      for row in 0..<4 where row != pivot {
        let share = rows[row][pivot]
        rows[row] -= rows[pivot] * share
        result[row] -= result[pivot] * share
      }
    }
    return result
  }

  /// The mean of a clip's descriptions and traits.
  private struct Mean: Sendable {
    let values: [Double]
    let traits: SIMD4<Double>

    init(_ clip: Clip) {
      var sums = [Double](repeating: 0, count: clip[0].values.count)
      var traits = SIMD4<Double>.zero
      for (values, own) in clip {
        precondition(values.count == sums.count, "\(values.count) numbers, not \(sums.count)")
        for index in sums.indices { sums[index] += Double(values[index]) }
        traits += own.numbers
      }
      values = sums.map { $0 / Double(clip.count) }
      self.traits = traits / Double(clip.count)
    }
  }
}
