/// How several detectors' probabilities become one.
public enum Ensemble: String, CaseIterable, Codable, Sendable {
  /// Their mean.
  case mean
  /// The share of detectors whose probability is at least `voteThreshold`.
  case vote

  /// From which probability on a detector votes for fake.
  public static let voteThreshold = 0.7

  /// The probability that stands for all.
  ///
  /// - Parameter probabilities: one a detector, calibrated; at least one.
  func callAsFunction(_ probabilities: [Double]) -> Double {
    let count = Double(probabilities.count)
    switch self {
    case .mean: return min(1, probabilities.reduce(0, +) / count)
    case .vote: return Double(probabilities.count { $0 >= Ensemble.voteThreshold }) / count
    }
  }
}
