import Foundation

/// Categorical cross-entropy on logits: −Σ t·log softmax(x) over the channels.
///
/// Predictions and targets are `[N, …, C]`, targets are probabilities (one-hot for a known class);
/// the mean is over positions, not over channels, as in PyTorch.
public struct CategoricalCrossEntropy: Loss {
  /// Moves targets towards 1/C: t·(1 − s) + s/C.
  public let labelSmoothing: Float

  /// A loss with targets moved towards 1/C by `labelSmoothing`, 0…1.
  public init(labelSmoothing: Float = 0) {
    precondition(
      (0...1).contains(labelSmoothing), "label smoothing \(labelSmoothing) is not in 0…1")
    self.labelSmoothing = labelSmoothing
  }

  /// The mean loss and its gradient with respect to the logits.
  public func callAsFunction(_ prediction: Tensor, _ target: Tensor, weight: Tensor?) -> LossValue {
    let input = LossInput(prediction, target, weight: weight)
    let channels = input.channels
    let share = LossInput.share(of: input.totalWeight)
    let gradient = Tensor(uninitialized: prediction.shape)
    guard let targets = unsafe input.target?.floats else {
      return LossValue(value: 0, gradient: gradient)
    }
    let logits = unsafe input.prediction.floats
    let weights = unsafe input.weight?.floats
    let slopes = unsafe gradient.floats
    var sum = 0.0
    for place in 0..<input.places {
      let first = place * channels
      let scale = unsafe (weights?[place] ?? 1)
      sum +=
        Double(scale)
        * Double(
          unsafe term(
            logits + first, targets + first, scale: scale * Float(share), slopes + first, channels))
    }
    withExtendedLifetime(input) {}
    return LossValue(value: Float(sum * share), gradient: gradient)
  }

  /// The loss at one position; `slopes` gets `scale` times its derivative.
  private func term(
    _ logits: UnsafePointer<Float>, _ targets: UnsafePointer<Float>, scale: Float,
    _ slopes: UnsafeMutablePointer<Float>, _ channels: Int
  ) -> Float {
    var largest = -Float.infinity
    for c in 0..<channels { largest = unsafe max(largest, logits[c]) }
    var total: Float = 0
    for c in 0..<channels { total += unsafe exp(logits[c] - largest) }
    let normalizer = largest + log(total)
    let floor = labelSmoothing / Float(channels)
    var loss: Float = 0
    var mass: Float = 0
    for c in 0..<channels {
      let target = unsafe targets[c] * (1 - labelSmoothing) + floor
      loss -= unsafe target * (logits[c] - normalizer)
      mass += target
    }
    for c in 0..<channels {
      let target = unsafe targets[c] * (1 - labelSmoothing) + floor
      unsafe slopes[c] = unsafe scale * (mass * exp(logits[c] - normalizer) - target)
    }
    return loss
  }
}
