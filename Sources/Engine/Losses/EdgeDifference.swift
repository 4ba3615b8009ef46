/// How differently two pictures `[N, H, W, C]` step from pixel to pixel.
///
/// The total variation of their difference: the mean |difference of the steps| along columns and
/// along rows, added. The gradient difference loss of Mathieu, Couprie & LeCun 2016, but with the
/// steps' signs, so that an edge the wrong way round counts double.
public struct EdgeDifference: Loss {
  /// The difference; it has no settings.
  public init() {}

  /// The mean loss and its gradient by the prediction.
  public func callAsFunction(_ prediction: Tensor, _ target: Tensor, weight: Tensor?) -> LossValue {
    let difference = prediction.converted(to: .float32)
      .adding(target.converted(to: .float32), times: -1)
    return TotalVariation()(difference, weight: weight)
  }
}
