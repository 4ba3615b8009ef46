/// The mean of |prediction − target|; the gradient is 0 where they are equal.
public struct MeanAbsoluteError: Loss {
  /// Has no settings.
  public init() {}

  /// The mean loss and its gradient with respect to the prediction.
  public func callAsFunction(_ prediction: Tensor, _ target: Tensor, weight: Tensor?) -> LossValue {
    Pointwise.mean(prediction, target, weight: weight) { prediction, target in
      let error = prediction - target
      return (abs(error), error > 0 ? 1 : error < 0 ? -1 : error)
    }
  }
}
