/// A weighted sum of losses on the same prediction and target.
public struct Combined: Loss {
  /// The losses with their weights.
  public let parts: [(loss: any Loss, factor: Float)]

  /// The weighted sum of the losses.
  public init(_ parts: [(loss: any Loss, factor: Float)]) {
    precondition(!parts.isEmpty, "a combined loss needs parts")
    self.parts = parts
  }

  /// The weighted sum and its gradient with respect to the prediction.
  public func callAsFunction(_ prediction: Tensor, _ target: Tensor, weight: Tensor?) -> LossValue {
    let prediction = prediction.converted(to: .float32)
    var value: Float = 0
    let gradient = Tensor(zeros: prediction.shape)
    for (loss, factor) in parts {
      let part = loss(prediction, target, weight: weight)
      value += factor * part.value
      unsafe Kernels.addScaled(
        part.gradient.floats, by: factor, to: gradient.floats, count: gradient.count)
      withExtendedLifetime(part) {}
    }
    return LossValue(value: value, gradient: gradient)
  }
}
