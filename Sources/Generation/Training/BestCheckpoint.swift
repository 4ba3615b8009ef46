/// The best held-out result so far.
public struct BestCheckpoint: Codable, Equatable, Sendable {
  /// The number of steps at that time.
  public let iteration: Int
  /// Seconds of training until then.
  public let seconds: Double
  /// The held-out metrics.
  public let quality: SwapQuality
  /// The metrics against ground truth; nil if it is unknown.
  public let groundTruth: GroundTruthQuality?

  enum CodingKeys: String, CodingKey {
    case iteration, seconds, quality
    case groundTruth = "ground_truth"
  }

  /// A result with its time.
  public init(
    iteration: Int, seconds: Double, quality: SwapQuality, groundTruth: GroundTruthQuality? = nil
  ) {
    (self.iteration, self.seconds, self.quality) = (iteration, seconds, quality)
    self.groundTruth = groundTruth
  }

  /// The score for model selection; nil if it is unknown.
  public func score(by selection: ModelSelection?) -> Double? {
    switch selection {
    case .groundTruth: groundTruth?.score
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
  case groundTruth = "ground-truth"
  /// The newest weights, regardless of their score.
  case last
}
