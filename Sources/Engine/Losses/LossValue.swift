/// The result of a loss on a batch.
public struct LossValue: Sendable {
  /// The mean loss.
  public let value: Float
  /// The derivative of `value` with respect to the prediction; same shape, float32.
  public let gradient: Tensor

  /// A value and its gradient.
  public init(value: Float, gradient: Tensor) {
    self.value = value
    self.gradient = gradient
  }
}
