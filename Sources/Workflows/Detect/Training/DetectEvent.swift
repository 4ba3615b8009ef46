public import Detection

/// What a training of detectors tells while it works.
public enum DetectEvent: Sendable {
  /// The set was read; how many pictures each split has.
  case read(set: String, training: Int, validation: Int, test: Int)
  /// A detector's training begins or goes on.
  case started(DetectorKind, iteration: Int)
  /// A step was made; `progress` is 0…1.
  case stepped(DetectorKind, DetectorStep, progress: Double)
  /// The detector was judged on validation faces; ROC AUC per frame.
  case examined(DetectorKind, iteration: Int, auc: Double, isBest: Bool)
  /// A detector is trained, calibrated, and its threshold chosen.
  case trained(DetectorKind, seconds: Double)
  /// The test faces are scored, once.
  case testing
  /// Something that the user should know; a sentence.
  case noted(String)
}

/// What came out of a training of detectors.
public struct DetectOutcome: Codable, Sendable {
  /// The run's name.
  public let run: String
  /// `Labs/RUN`.
  public let lab: String
  /// The page to read; nil when interrupted.
  public let report: String?
  /// The figures; nil when interrupted.
  public let results: DetectResults?
  /// True when nothing was left to do.
  public let wasDone: Bool
}
