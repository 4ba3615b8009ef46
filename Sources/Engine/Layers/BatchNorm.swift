/// Normalizes each channel over the batch (Ioffe & Szegedy 2015); any shape `[..., C]`.
///
/// An activation may follow in the same pass. Training uses the batch's own mean and variance, and
/// updates the running ones; otherwise the running ones are used. The running variance is unbiased,
/// as in PyTorch.
public struct BatchNorm: Layer {
  /// The scale of the normalized values, `[C]`; initially 1.
  public let gain: Parameter
  /// The offset of the scaled values, `[C]`; initially 0.
  public let shift: Parameter
  /// The mean that inference uses, `[C]`.
  public let runningMean: Parameter
  /// The variance that inference uses, `[C]`.
  public let runningVariance: Parameter
  /// The activation of the normalized values.
  public let activation: Activation
  private let momentum: Float
  private let epsilon: Float

  /// - Parameters:
  ///   - activation: identity, ReLU, leaky ReLU, ReLU6 or SiLU.
  ///   - momentum: the weight of the newest batch in the running statistics.
  ///   - epsilon: added to the variance.
  public init(
    channels: Int, activation: Activation = .identity, momentum: Float = 0.1, epsilon: Float = 1e-5
  ) {
    switch activation {
    case .identity, .relu, .leakyReLU, .relu6, .silu: self.activation = activation
    default: preconditionFailure("\(activation) does not ride on a normalization")
    }
    gain = Parameter(Tensor([channels]) { _ in 1 })
    shift = Parameter(Tensor(zeros: [channels]))
    runningMean = Parameter(Tensor(zeros: [channels]), isTrainable: false)
    runningVariance = Parameter(Tensor([channels]) { _ in 1 }, isTrainable: false)
    self.momentum = momentum
    self.epsilon = epsilon
  }

  /// "weight", "bias", "running_mean" and "running_var", as PyTorch names them.
  public var node: LayerNode {
    LayerNode(
      .batchNormalization(epsilon: epsilon, momentum: momentum, activation: activation),
      parameters: [
        NamedParameter("weight", gain), NamedParameter("bias", shift),
        NamedParameter("running_mean", runningMean),
        NamedParameter("running_var", runningVariance),
      ])
  }

  /// The normalized values through the activation, of x's shape and precision.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    precondition(x.rowLength == gain.value.count, "\(gain.value.count) channels for \(x.shape)")
    let wide = x.converted(to: .float32)
    let own = saved.mode == .training ? moments(of: wide, saved.share) : nil
    if let own { follow(own.mean, own.variance, rows: rows(of: x, saved.share)) }
    let (mean, inverse) = (
      own?.mean ?? runningMean.value, inverse(of: own?.variance ?? runningVariance.value)
    )
    saved.push(x)
    saved.push(mean)
    saved.push(inverse)
    return Kernels.normalize(wide, normalization(mean, inverse)).converted(to: x.precision)
  }

  /// In training, through the batch's mean and variance too.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let (inverse, mean, kept) = (saved.pop(), saved.pop(), saved.pop())
    let (dy, x) = (dy.converted(to: .float32), kept.converted(to: .float32))
    let (channels, normalization) = (gain.value.count, normalization(mean, inverse))
    let sums = Kernels.normalizationProducts(dy, x: x, normalization)
    gain.gradient.add { sums[channels + $0] * inverse[$0] }
    shift.gradient.add { sums[$0] }
    // Of the whole batch: each rank's gradients of gain and shift are summed with all others.
    let whole =
      saved.mode == .training ? saved.share.map { $0.ranks.sum(sums.values) } : nil
    let all = whole.map { Tensor(shape: sums.shape, values: $0) } ?? sums
    let share = saved.mode == .training ? 1 / Float(max(1, rows(of: x, saved.share))) : 0
    return Kernels.normalizeBackward(
      dy, x: x, normalization,
      base: Tensor([channels]) { share * all[$0] },
      tilt: Tensor([channels]) { share * all[channels + $0] * inverse[$0] * inverse[$0] }
    ).converted(to: kept.precision)
  }

  /// Mean and variance of the whole batch, of which x may be a share.
  private func moments(of x: Tensor, _ share: BatchShare?) -> (mean: Tensor, variance: Tensor) {
    let own = Kernels.batchMoments(x)
    guard let share else { return own }
    return BatchNorm.joined(
      share.ranks.gather(own.mean.values + own.variance.values + [Float(x.rowCount)]),
      channels: gain.value.count)
  }

  /// The moments of all ranks' rows: for each rank, means, variances and the number of rows (Chan and
  /// others 1979).
  private static func joined(
    _ moments: [Float], channels: Int
  ) -> (mean: Tensor, variance: Tensor) {
    let width = 2 * channels + 1
    var (means, squares) = (
      [Double](repeating: 0, count: channels), [Double](repeating: 0, count: channels)
    )
    var rows = 0.0
    for start in stride(from: 0, to: moments.count, by: width) {
      let own = Double(moments[start + width - 1])
      for channel in 0..<channels {
        let difference = Double(moments[start + channel]) - means[channel]
        means[channel] += difference * own / (rows + own)
        squares[channel] +=
          own * Double(moments[start + channels + channel])
          + difference * difference * rows * own / (rows + own)
      }
      rows += own
    }
    return (
      Tensor([1, channels]) { Float(means[$0]) },
      Tensor([1, channels]) { Float(squares[$0] / rows) }
    )
  }

  /// The rows of the whole batch, of which x may be a share.
  private func rows(of x: Tensor, _ share: BatchShare?) -> Int {
    share.map { x.rowCount / $0.samples.count * $0.size } ?? x.rowCount
  }

  private func inverse(of variance: Tensor) -> Tensor {
    Tensor([variance.count]) { 1 / (variance[$0] + epsilon).squareRoot() }
  }

  private func normalization(_ mean: Tensor, _ inverse: Tensor) -> Normalization {
    Normalization(
      mean: mean, scale: Tensor([inverse.count]) { inverse[$0] * gain.value[$0] },
      shift: shift.value, activation: activation)
  }

  /// Updates the running statistics from a batch's.
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
