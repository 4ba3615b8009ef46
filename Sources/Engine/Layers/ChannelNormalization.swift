/// The common part of batch and instance normalization: y = (x − mean) / deviation · gain + shift,
/// with one mean and deviation for each channel of each group of rows.
struct ChannelNormalization {
  /// The mean of each group's channels, `[groups, C]`, float32.
  let mean: Tensor
  /// 1 / √(variance + epsilon), `[groups, C]`, float32.
  let inverse: Tensor

  init(mean: Tensor, inverse: Tensor) {
    self.mean = mean
    self.inverse = inverse
  }

  init(mean: Tensor, variance: Tensor, epsilon: Float) {
    self.mean = mean
    inverse = Tensor(variance.shape) { 1 / (variance[$0] + epsilon).squareRoot() }
  }

  /// Saves these statistics and x for the backward pass.
  func save(_ x: Tensor, into saved: inout Saved) {
    saved.push(x)
    saved.push(mean)
    saved.push(inverse)
  }

  /// Restores what `save` saved.
  static func saved(in saved: inout Saved) -> (statistics: ChannelNormalization, x: Tensor) {
    let inverse = saved.pop()
    return (ChannelNormalization(mean: saved.pop(), inverse: inverse), saved.pop())
  }

  private var groups: Int { mean.shape[0] }
  private var channels: Int { mean.shape[1] }

  /// The normalized values of a float32 tensor.
  func normalized(_ x: Tensor, gain: Parameter?, shift: Parameter?) -> Tensor {
    Kernels.standardize(
      x, mean: mean, scale: scale(gain),
      shift: Tensor(mean.shape) { shift?.value[$0 % channels] ?? 0 }, groups: groups)
  }

  /// The gradient at x; adds those at gain and shift.
  ///
  /// - Parameter ownStatistics: whether mean and variance are x's own, and so propagate gradients.
  func backward(
    _ dy: Tensor, x: Tensor, gain: Parameter?, shift: Parameter?, ownStatistics: Bool
  ) -> Tensor {
    let products = Kernels.channelProducts(x, mean: mean, dy, groups: groups)
    let sum = { (index: Int) in products[index / channels * 2 * channels + index % channels] }
    let product = { (index: Int) in
      products[(index / channels * 2 + 1) * channels + index % channels]
    }
    for group in 0..<groups {
      let start = group * channels
      gain?.gradient.add { product(start + $0) * inverse[start + $0] }
      shift?.gradient.add { sum(start + $0) }
    }
    let share = ownStatistics ? Float(groups) / Float(max(1, x.rowCount)) : 0
    return Kernels.standardizeBackward(
      dy, x: x, mean: mean,
      base: Tensor(mean.shape) { share * sum($0) },
      slope: Tensor(mean.shape) { share * product($0) * inverse[$0] * inverse[$0] },
      scale: scale(gain), groups: groups)
  }

  private func scale(_ gain: Parameter?) -> Tensor {
    Tensor(mean.shape) { inverse[$0] * (gain?.value[$0 % channels] ?? 1) }
  }
}
