/// The mean of |prediction − target|; where they are equal the gradient is 0.
public struct MeanAbsoluteError: Loss {
  /// The error; it has no settings.
  public init() {}

  /// The mean loss and its gradient by the prediction.
  public func callAsFunction(_ prediction: Tensor, _ target: Tensor, weight: Tensor?) -> LossValue {
    Pointwise.mean(prediction, target, weight: weight) { prediction, target in
      let error = prediction - target
      return (abs(error), error > 0 ? 1 : error < 0 ? -1 : error)
    }
  }
}
