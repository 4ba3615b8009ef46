/// Normalizes each channel of each image separately: `[N, H, W, C]`.
///
/// Instance normalization, Ulyanov, Vedaldi & Lempitsky 2016.
public struct InstanceNorm: Layer {
  /// The scale of the normalized values, `[C]`; nil for none.
  public let gain: Parameter?
  /// The offset of the scaled values, `[C]`; nil for none.
  public let shift: Parameter?
  private let epsilon: Float

  /// - Parameters:
  ///   - affine: whether gain and shift are learned.
  ///   - epsilon: added to the variance.
  public init(channels: Int, affine: Bool = false, epsilon: Float = 1e-5) {
    gain = affine ? Parameter(Tensor([channels]) { _ in 1 }) : nil
    shift = affine ? Parameter(Tensor(zeros: [channels])) : nil
    self.epsilon = epsilon
  }

  /// "weight" and "bias", or nothing.
  public var parameters: [NamedParameter] {
    guard let gain, let shift else { return [] }
    return [NamedParameter("weight", gain), NamedParameter("bias", shift)]
  }

  /// The normalized values, of x's shape and precision.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    let wide = x.converted(to: .float32)
    let (mean, variance) = Kernels.channelStatistics(wide, groups: x.shape[0])
    let statistics = ChannelNormalization(mean: mean, variance: variance, epsilon: epsilon)
    statistics.save(x, into: &saved)
    return statistics.normalized(wide, gain: gain, shift: shift).converted(to: x.precision)
  }

  /// Includes the gradient through each image's mean and variance.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let (statistics, x) = ChannelNormalization.saved(in: &saved)
    return statistics.backward(
      dy.converted(to: .float32), x: x.converted(to: .float32), gain: gain, shift: shift,
      ownStatistics: true
    ).converted(to: dy.precision)
  }
}
