/// The difference of the image gradients of two pictures `[N, H, W, C]`.
///
/// The total variation of their difference: the mean absolute difference of neighboring pixels
/// along columns and along rows, added. This is the gradient difference loss of Mathieu, Couprie &
/// LeCun 2016 with signs, so that an inverted edge counts double.
public struct EdgeDifference: Loss {
  /// Has no settings.
  public init() {}

  /// The mean loss and its gradient with respect to the prediction.
  public func callAsFunction(_ prediction: Tensor, _ target: Tensor, weight: Tensor?) -> LossValue {
    let difference = prediction.converted(to: .float32)
      .adding(target.converted(to: .float32), times: -1)
    return TotalVariation()(difference, weight: weight)
  }
}
