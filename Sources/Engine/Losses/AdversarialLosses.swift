/// The target of an adversarial loss.
public enum AdversarialTarget: Sendable {
  /// The discriminator is trained to score real pictures high.
  case real
  /// The discriminator is trained to score generated pictures low.
  case fake
  /// The generator is trained to be scored as real.
  case generator
}

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
