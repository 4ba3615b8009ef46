/// A split of a labeled dataset.
///
/// No identity, donor or source clip is in two of them.
public enum Split: String, CaseIterable, Codable, Sendable {
  /// Used to train weights.
  case training
  /// Used to select thresholds, calibration and the end of training.
  case validation
  /// Used to report metrics; nothing is selected on it.
  case test
}
