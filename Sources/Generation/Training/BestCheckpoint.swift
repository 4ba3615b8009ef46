/// The best held-out result so far.
public struct BestCheckpoint: Codable, Equatable, Sendable {
  /// How many steps were done then.
  public let iteration: Int
  /// Seconds of training until then.
  public let seconds: Double
  /// The held-out figures.
  public let quality: SwapQuality
  /// How close the swaps came to the true ones; nil where those are not known.
  public let truth: GroundTruthQuality?

  /// A result and when it was had.
  public init(
    iteration: Int, seconds: Double, quality: SwapQuality, truth: GroundTruthQuality? = nil
  ) {
    (self.iteration, self.seconds, self.quality) = (iteration, seconds, quality)
    self.truth = truth
  }

  /// What it is ranked by; nil where that is not known.
  public func score(by selection: ModelSelection?) -> Double? {
    switch selection {
    case .truth: truth?.score
    case .last: Double(iteration)
    case .reconstruction, nil: quality.score
    }
  }
}
