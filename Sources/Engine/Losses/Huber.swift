/// Squared for small errors, absolute for large ones: e²/2 up to `delta`, then delta·(|e| −
/// delta/2).
public struct Huber: Loss {
  /// The error at which the loss becomes linear.
  public let delta: Float

  /// A loss that is linear from `delta` on, in units of the values.
  public init(delta: Float = 1) {
    precondition(delta > 0, "Huber's delta must be positive, not \(delta)")
    self.delta = delta
  }

  /// The mean loss and its gradient with respect to the prediction.
  public func callAsFunction(_ prediction: Tensor, _ target: Tensor, weight: Tensor?) -> LossValue {
    let delta = delta
    return Pointwise.mean(prediction, target, weight: weight) { prediction, target in
      let error = prediction - target
      guard abs(error) > delta else { return (error * error / 2, error) }
      return (delta * (abs(error) - delta / 2), error > 0 ? delta : -delta)
    }
  }
}
