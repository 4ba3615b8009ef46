/// The least-squares adversarial loss (Mao and others, 2017) on a discriminator's scores, without its ½.
///
/// (score − 1)² for real pictures and for the generator, score² for made ones.
public struct LeastSquaresGAN: UntargetedLoss {
  /// Whose loss it is.
  public let aim: AdversarialTarget

  /// The loss of the given side.
  public init(_ aim: AdversarialTarget) {
    self.aim = aim
  }

  /// The mean loss and its gradient by the scores.
  public func callAsFunction(_ prediction: Tensor, weight: Tensor?) -> LossValue {
    let goal: Float = aim == .fake ? 0 : 1
    return Pointwise.mean(prediction, nil, weight: weight) { score, _ in
      let error = score - goal
      return (error * error, 2 * error)
    }
  }
}
