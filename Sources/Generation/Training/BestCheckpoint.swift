/// The best held-out result so far.
public struct BestCheckpoint: Codable, Equatable, Sendable {
  /// The number of steps at that time.
  public let iteration: Int
  /// Seconds of training until then.
  public let seconds: Double
  /// The held-out metrics.
  public let quality: SwapQuality
  /// The metrics against ground truth; nil if it is unknown.
  public let truth: GroundTruthQuality?

  /// A result with its time.
  public init(
    iteration: Int, seconds: Double, quality: SwapQuality, truth: GroundTruthQuality? = nil
  ) {
    (self.iteration, self.seconds, self.quality) = (iteration, seconds, quality)
    self.truth = truth
  }

  /// The score for model selection; nil if it is unknown.
  public func score(by selection: ModelSelection?) -> Double? {
    switch selection {
    case .truth: truth?.score
    case .last: Double(iteration)
    case .reconstruction, nil: quality.score
    }
  }
}

/// The criterion for the best weights and for early stopping.
public enum ModelSelection: String, Codable, CaseIterable, Sendable {
  /// The held-out reconstruction: the SSIM of the worse side.
  case reconstruction
  /// The held-out swaps against ground truth: the SSIM of the worse direction.
  case truth
  /// The newest weights, regardless of their score.
  case last
}
