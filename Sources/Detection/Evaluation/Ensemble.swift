/// The combination of several detectors' probabilities.
public enum Ensemble: String, CaseIterable, Codable, Sendable {
  /// The mean.
  case mean
  /// The fraction of detectors whose probability is at least `voteThreshold`.
  case vote

  /// The probability at which a detector votes for fake.
  public static let voteThreshold = 0.7

  /// The combined probability.
  ///
  /// - Parameter probabilities: a calibrated probability per detector; at least one.
  public func callAsFunction(_ probabilities: [Double]) -> Double {
    let count = Double(probabilities.count)
    switch self {
    case .mean: return min(1, probabilities.reduce(0, +) / count)
    case .vote: return Double(probabilities.count { $0 >= Ensemble.voteThreshold }) / count
    }
  }
}
