/// What a sample may be used for.
///
/// No person, no donor and no source clip is in two of them.
public enum Split: String, CaseIterable, Codable, Sendable {
  /// Weights are learned from these.
  case training
  /// Thresholds, calibration and the end of training are chosen on these.
  case validation
  /// Figures are reported on these; nothing is chosen on them.
  case test
}
