/// How far a prediction is from its target, and which way leads closer.
///
/// The value is a mean over all values of the batch. With a weight (`[N, H, W, 1]`, one for
/// each pixel, not negative) it is the weighted mean: the sum of weight × loss over the sum
/// of the weights; where all weights are 0, the loss is 0 and so is its gradient.
///
/// Predictions and targets may be bfloat16; sums and gradients are float32.
public protocol Loss: Sendable {
  /// The mean loss and its gradient by the prediction.
  ///
  /// - Parameters:
  ///   - prediction: `[N, …, C]`.
  ///   - target: the same shape, unless the loss says otherwise.
  ///   - weight: one for each place, `[N, …, 1]`, or nil for 1 everywhere.
  func callAsFunction(_ prediction: Tensor, _ target: Tensor, weight: Tensor?) -> LossValue
}

extension Loss {
  /// The mean loss and its gradient by the prediction.
  public func callAsFunction(_ prediction: Tensor, _ target: Tensor) -> LossValue {
    callAsFunction(prediction, target, weight: nil)
  }
}

/// A loss that judges the prediction alone, such as a discriminator's or a smoothness.
public protocol UntargetedLoss: Loss {
  /// The mean loss and its gradient by the prediction.
  func callAsFunction(_ prediction: Tensor, weight: Tensor?) -> LossValue
}

extension UntargetedLoss {
  /// The mean loss and its gradient by the prediction; the target is not looked at.
  public func callAsFunction(_ prediction: Tensor, _ target: Tensor, weight: Tensor?) -> LossValue {
    self(prediction, weight: weight)
  }

  /// The mean loss and its gradient by the prediction.
  public func callAsFunction(_ prediction: Tensor) -> LossValue {
    self(prediction, weight: nil)
  }
}
