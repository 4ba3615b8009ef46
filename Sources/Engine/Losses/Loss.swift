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
