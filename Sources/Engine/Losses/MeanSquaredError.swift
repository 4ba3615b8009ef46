/// The mean of (prediction − target)².
public struct MeanSquaredError: Loss {
  /// Has no settings.
  public init() {}

  /// The mean loss and its gradient with respect to the prediction.
  public func callAsFunction(_ prediction: Tensor, _ target: Tensor, weight: Tensor?) -> LossValue {
    Pointwise.mean(prediction, target, weight: weight) { prediction, target in
      let error = prediction - target
      return (error * error, 2 * error)
    }
  }
}
