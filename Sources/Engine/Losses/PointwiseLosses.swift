import Foundation

/// The mean of |prediction − target|; the gradient is 0 where they are equal.
public struct MeanAbsoluteError: Loss {
  /// Has no settings.
  public init() {}

  /// The mean loss and its gradient with respect to the prediction.
  public func callAsFunction(_ prediction: Tensor, _ target: Tensor, weight: Tensor?) -> LossValue {
    Pointwise.mean(prediction, target, weight: weight) { prediction, target in
      let error = prediction - target
      return (abs(error), error > 0 ? 1 : error < 0 ? -1 : error)
    }
  }
}

/// The mean of (prediction − target)².
public struct MeanSquaredError: Loss {
  /// Has no settings.
  public init() {}

  /// The mean loss and its gradient with respect to the prediction.
  public func callAsFunction(_ prediction: Tensor, _ target: Tensor, weight: Tensor?) -> LossValue {
    Pointwise.mean(prediction, target, weight: weight) { prediction, target in
      let error = prediction - target
      return (error * error, 2 * error)
    }
  }
}

/// Squared for small errors, absolute for large ones: e²/2 up to `delta`, then delta·(|e| −
/// delta/2).
public struct Huber: Loss {
  /// The error at which the loss becomes linear.
  public let delta: Float

  /// A loss that is linear from `delta` on, in units of the values.
  public init(delta: Float = 1) {
    precondition(delta > 0, "Huber's delta must be positive, not \(delta)")
    self.delta = delta
  }

  /// The mean loss and its gradient with respect to the prediction.
  public func callAsFunction(_ prediction: Tensor, _ target: Tensor, weight: Tensor?) -> LossValue {
    let delta = delta
    return Pointwise.mean(prediction, target, weight: weight) { prediction, target in
      let error = prediction - target
      guard abs(error) > delta else { return (error * error / 2, error) }
      return (delta * (abs(error) - delta / 2), error > 0 ? delta : -delta)
    }
  }
}

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

/// Elementwise losses.
enum Pointwise {
  /// The number of positions in a piece.
  ///
  /// Sums are computed per piece and added in order, so that they do not depend on the number of
  /// threads.
  private static let piece = 4096

  /// The weighted mean of `term` over all values, and its gradient.
  ///
  /// - Parameter term: the loss of one value, and its derivative with respect to the prediction.
  @inline(__always)
  static func mean(
    _ prediction: Tensor, _ target: Tensor?, weight: Tensor?,
    _ term: @Sendable (_ prediction: Float, _ target: Float) -> (loss: Float, slope: Float)
  ) -> LossValue {
    let input = LossInput(prediction, target, weight: weight)
    let (places, channels) = (input.places, input.channels)
    let total = input.totalWeight
    let share = LossInput.share(of: total * Double(channels))
    let scale = Float(share)
    let gradient = Tensor(uninitialized: prediction.shape)
    let sums = ThreadPool.map((places + piece - 1) / piece) { index in
      let predictions = unsafe input.prediction.floats
      let targets = unsafe (input.target ?? input.prediction).floats
      let weights = unsafe input.weight?.floats
      let slopes = unsafe gradient.floats
      var sum = 0.0
      for place in index * piece..<min((index + 1) * piece, places) {
        let weight = unsafe weights?[place] ?? 1
        for i in place * channels..<(place + 1) * channels {
          let (loss, slope) = unsafe term(predictions[i], targets[i])
          sum += Double(weight * loss)
          unsafe slopes[i] = weight * slope * scale
        }
      }
      withExtendedLifetime((input, gradient)) {}
      return sum
    }
    return LossValue(
      value: Float(sums.reduce(0, +) * share), gradient: gradient,
      weight: weight == nil ? nil : total)
  }
}
