import Engine
import Generation

/// The ground truth of two synthetic people's held-out pictures, in both directions.
struct SwapGroundTruth {
  let a2b, b2a: GroundTruthDirection

  /// The direction in which pictures of `side` are swapped.
  func direction(from side: Side) -> GroundTruthDirection { side == .a ? a2b : b2a }

  /// The mean metrics of a model's swaps; nil for two people who look alike.
  func quality(of model: SwapModel, _ settings: SwapSettings) -> GroundTruthQuality? {
    func mean(_ direction: GroundTruthDirection) -> GroundTruthMetrics {
      GroundTruthMetrics.mean(
        of: direction.metrics(of: model, settings.precision, batch: settings.batch))
    }
    let quality = GroundTruthQuality(a2b: mean(a2b), b2a: mean(b2a))
    return quality.isFinite ? quality : nil
  }
}
