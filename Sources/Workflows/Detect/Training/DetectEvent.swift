public import Detection
public import Records

/// An event of a detector training run.
public enum DetectEvent: RunEvent {
  /// The dataset was read; the numbers of samples of each split.
  case read(set: String, training: Int, validation: Int, test: Int)
  /// A detector's training starts or resumes.
  case started(DetectorKind, iteration: Int)
  /// A step was completed; `progress` is 0…1.
  case stepped(DetectorKind, DetectorStep, progress: Double)
  /// The detector was evaluated on validation samples; ROC AUC per frame, or per clip of a
  /// detector of clips.
  case evaluated(DetectorKind, iteration: Int, auc: Double, isBest: Bool)
  /// A detector was trained and calibrated, and its threshold was set.
  case trained(DetectorKind, seconds: Double)
  /// The test split is being scored, once.
  case testing
  /// A note for the user; a sentence.
  case noted(String)
}

/// The result of a detector training run.
public struct DetectOutcome: Codable, Sendable {
  /// The run's name.
  public let run: String
  /// `Labs/RUN`.
  public let lab: String
  /// The path of the report; nil if interrupted.
  public let report: String?
  /// The metrics; nil if interrupted.
  public let results: DetectResults?
  /// True if the run had already finished.
  public let wasDone: Bool
}
