/// The hinge adversarial loss (Lim & Ye 2017) on a discriminator's scores.
///
/// max(0, 1 − score) for real pictures, max(0, 1 + score) for generated ones, −score for the
/// generator.
public struct HingeGAN: UntargetedLoss {
  /// The target.
  public let aim: AdversarialTarget

  /// The loss for the given target.
  public init(_ aim: AdversarialTarget) {
    self.aim = aim
  }

  /// The mean loss and its gradient with respect to the scores.
  public func callAsFunction(_ prediction: Tensor, weight: Tensor?) -> LossValue {
    switch aim {
    case .real: Pointwise.mean(prediction, nil, weight: weight) { score, _ in hinge(score, -1) }
    case .fake: Pointwise.mean(prediction, nil, weight: weight) { score, _ in hinge(score, 1) }
    case .generator: Pointwise.mean(prediction, nil, weight: weight) { score, _ in (-score, -1) }
    }
  }
}

/// max(0, 1 + slope·score); a NaN stays one.
private func hinge(_ score: Float, _ slope: Float) -> (loss: Float, slope: Float) {
  let loss = 1 + slope * score
  return loss <= 0 ? (0, 0) : (loss, slope)
}
