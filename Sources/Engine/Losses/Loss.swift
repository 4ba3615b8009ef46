/// A differentiable distance of a prediction from its target.
///
/// The value is the mean over all values of the batch. With a weight (`[N, H, W, 1]`, one per
/// pixel, not negative) it is the weighted mean: the sum of weight × loss over the sum of the
/// weights. If all weights are 0, the loss and its gradient are 0.
///
/// Predictions and targets may be bfloat16; sums and gradients are float32.
public protocol Loss: Sendable {
  /// The mean loss and its gradient with respect to the prediction.
  ///
  /// - Parameters:
  ///   - prediction: `[N, …, C]`.
  ///   - target: the same shape, unless the loss says otherwise.
  ///   - weight: one per position, `[N, …, 1]`, or nil for 1 everywhere.
  func callAsFunction(_ prediction: Tensor, _ target: Tensor, weight: Tensor?) -> LossValue
}

extension Loss {
  /// The mean loss and its gradient with respect to the prediction.
  public func callAsFunction(_ prediction: Tensor, _ target: Tensor) -> LossValue {
    callAsFunction(prediction, target, weight: nil)
  }
}

/// A loss without a target, such as a discriminator's or a smoothness penalty.
public protocol UntargetedLoss: Loss {
  /// The mean loss and its gradient with respect to the prediction.
  func callAsFunction(_ prediction: Tensor, weight: Tensor?) -> LossValue
}

extension UntargetedLoss {
  /// The mean loss and its gradient with respect to the prediction; the target is ignored.
  public func callAsFunction(_ prediction: Tensor, _ target: Tensor, weight: Tensor?) -> LossValue {
    self(prediction, weight: weight)
  }

  /// The mean loss and its gradient with respect to the prediction.
  public func callAsFunction(_ prediction: Tensor) -> LossValue {
    self(prediction, weight: nil)
  }
}

/// The result of a loss on a batch.
public struct LossValue: Sendable {
  /// The mean loss.
  public let value: Float
  /// The derivative of `value` with respect to the prediction; same shape, float32.
  public let gradient: Tensor
  /// The sum of the weights in a weighted mean; nil if all values count alike.
  let weight: Double?

  /// A value and its gradient.
  public init(value: Float, gradient: Tensor) {
    self.init(value: value, gradient: gradient, weight: nil)
  }

  init(value: Float, gradient: Tensor, weight: Double?) {
    self.value = value
    self.gradient = gradient
    self.weight = weight
  }
}

/// The tensors of a loss, with checked shapes and widened to float32.
struct LossInput {
  let prediction: Tensor
  let target: Tensor?
  let weight: Tensor?

  init(_ prediction: Tensor, _ target: Tensor?, weight: Tensor?) {
    if let target {
      precondition(
        target.shape == prediction.shape,
        "a prediction \(prediction.shape) was given a target \(target.shape)")
    }
    if let weight {
      precondition(
        weight.shape == prediction.shape.dropLast() + [1],
        "a prediction \(prediction.shape) was given weights \(weight.shape)")
    }
    precondition(prediction.count > 0, "a loss of nothing: \(prediction.shape)")
    self.prediction = prediction.converted(to: .float32)
    self.target = target?.converted(to: .float32)
    self.weight = weight?.converted(to: .float32)
  }

  var channels: Int { prediction.shape.last ?? 1 }

  /// The number of positions, each of which has a weight.
  var places: Int { prediction.count / channels }

  /// The sum of the weights.
  var totalWeight: Double {
    guard let weight else { return Double(places) }
    return weight.read { weight in
      var total = 0.0
      for index in weight.indices { total += Double(weight[index]) }
      return total
    }
  }

  /// The factor that makes a sum the mean over `total`: 0 if all weights are 0.
  static func share(of total: Double) -> Double { total > 0 ? 1 / total : 0 }
}
