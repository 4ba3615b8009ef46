/// A weighted sum of losses on the same prediction and target.
public struct Combined: Loss {
  /// The losses, each with what it is multiplied by.
  public let parts: [(loss: any Loss, factor: Float)]

  /// The sum of the losses, each times its factor.
  public init(_ parts: [(loss: any Loss, factor: Float)]) {
    precondition(!parts.isEmpty, "a combined loss needs parts")
    self.parts = parts
  }

  /// The sum and its gradient by the prediction.
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
