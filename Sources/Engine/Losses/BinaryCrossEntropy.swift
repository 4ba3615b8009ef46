import Foundation

/// Binary cross-entropy on logits: −t·log σ(x) − (1 − t)·log(1 − σ(x)).
///
/// Targets are probabilities, 0…1.
public struct BinaryCrossEntropy: Loss {
  /// Moves targets towards ½: t·(1 − s) + s/2.
  public let labelSmoothing: Float

  /// A loss with targets moved towards ½ by `labelSmoothing`, 0…1.
  public init(labelSmoothing: Float = 0) {
    precondition(
      (0...1).contains(labelSmoothing), "label smoothing \(labelSmoothing) is not in 0…1")
    self.labelSmoothing = labelSmoothing
  }

  /// The mean loss and its gradient with respect to the logits.
  public func callAsFunction(_ prediction: Tensor, _ target: Tensor, weight: Tensor?) -> LossValue {
    let smoothing = labelSmoothing
    return Pointwise.mean(prediction, target, weight: weight) { logit, target in
      let target = target * (1 - smoothing) + smoothing / 2
      let decay = exp(-abs(logit))
      let probability = (logit >= 0 ? 1 : decay) / (1 + decay)
      // log(1 + eˣ) - t·x without overflow; a NaN stays one.
      let loss = (logit < 0 ? 0 : logit) - logit * target + log1p(decay)
      return (loss, probability - target)
    }
  }
}
