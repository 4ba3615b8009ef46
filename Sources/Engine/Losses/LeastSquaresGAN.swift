/// The least-squares adversarial loss (Mao and others 2017) on a discriminator's scores, without its ½.
///
/// (score − 1)² for real pictures and for the generator, score² for generated pictures.
public struct LeastSquaresGAN: UntargetedLoss {
  /// The target.
  public let aim: AdversarialTarget

  /// The loss for the given target.
  public init(_ aim: AdversarialTarget) {
    self.aim = aim
  }

  /// The mean loss and its gradient with respect to the scores.
  public func callAsFunction(_ prediction: Tensor, weight: Tensor?) -> LossValue {
    let goal: Float = aim == .fake ? 0 : 1
    return Pointwise.mean(prediction, nil, weight: weight) { score, _ in
      let error = score - goal
      return (error * error, 2 * error)
    }
  }
}
