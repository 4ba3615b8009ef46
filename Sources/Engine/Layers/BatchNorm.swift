/// Normalises each channel over the batch (Ioffe & Szegedy 2015); any shape `[..., C]`.
///
/// In training by the batch's own mean and variance, which also move the running ones; otherwise
/// by the running ones. The running variance is the unbiased one, as in PyTorch.
public struct BatchNorm: Layer {
  /// What the normalised values are multiplied by, `[C]`; 1 at first.
  public let gain: Parameter
  /// What is added then, `[C]`; 0 at first.
  public let shift: Parameter
  /// The mean that inference uses, `[C]`.
  public let runningMean: Parameter
  /// The variance that inference uses, `[C]`.
  public let runningVariance: Parameter
  private let momentum: Float
  private let epsilon: Float

  /// - Parameters:
  ///   - momentum: the newest batch's share in the running statistics.
  ///   - epsilon: added to the variance.
  public init(channels: Int, momentum: Float = 0.1, epsilon: Float = 1e-5) {
    gain = Parameter(Tensor([channels]) { _ in 1 })
    shift = Parameter(Tensor(zeros: [channels]))
    runningMean = Parameter(Tensor(zeros: [channels]), isTrainable: false)
    runningVariance = Parameter(Tensor([channels]) { _ in 1 }, isTrainable: false)
    self.momentum = momentum
    self.epsilon = epsilon
  }

  /// "weight", "bias", "running_mean" and "running_var", as PyTorch names them.
  public var parameters: [NamedParameter] {
    [
      NamedParameter("weight", gain), NamedParameter("bias", shift),
      NamedParameter("running_mean", runningMean), NamedParameter("running_var", runningVariance),
    ]
  }

  /// The normalised values, of x's shape and precision.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    precondition(x.rowLength == gain.value.count, "\(gain.value.count) channels for \(x.shape)")
    let wide = x.converted(to: .float32)
    let own = saved.mode == .training ? Kernels.channelStatistics(wide, groups: 1) : nil
    if let own { follow(own.mean, own.variance, rows: x.rowCount) }
    let statistics = ChannelNormalization(
      mean: own?.mean ?? runningMean.value.reshaped(to: [1, x.rowLength]),
      variance: own?.variance ?? runningVariance.value.reshaped(to: [1, x.rowLength]),
      epsilon: epsilon)
    statistics.save(x, into: &saved)
    return statistics.normalized(wide, gain: gain, shift: shift).converted(to: x.precision)
  }

  /// In training, through the batch's mean and variance too.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let (statistics, x) = ChannelNormalization.saved(in: &saved)
    return statistics.backward(
      dy.converted(to: .float32), x: x.converted(to: .float32), gain: gain, shift: shift,
      ownStatistics: saved.mode == .training
    ).converted(to: dy.precision)
  }

  /// Moves the running statistics towards a batch's.
  private func follow(_ mean: Tensor, _ variance: Tensor, rows: Int) {
    let unbiased = Float(rows) / Float(max(1, rows - 1))
    let (oldMean, oldVariance) = (runningMean.value, runningVariance.value)
    runningMean.value = Tensor(oldMean.shape) {
      (1 - momentum) * oldMean[$0] + momentum * mean[$0]
    }
    runningVariance.value = Tensor(oldVariance.shape) {
      (1 - momentum) * oldVariance[$0] + momentum * unbiased * variance[$0]
    }
  }
}
