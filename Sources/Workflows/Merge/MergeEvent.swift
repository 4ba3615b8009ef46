public import Records

/// An event of a merge.
public enum MergeEvent: RunEvent, Equatable {
  /// The shards were checked, and the merge has started.
  case started(folder: String, shards: Int, files: Int)
  /// Progress.
  case joined(Int, of: Int)
  /// The shortcut baselines are being trained.
  case auditing
}

/// The result of a merge.
public struct MergeOutcome: Encodable, Equatable, Sendable {
  /// The folder of the result.
  public let folder: String
  /// The numbers of shards, and of their samples or faces.
  public let shards, samples: Int
  /// False after an interruption.
  public let isFinished: Bool
  /// The results of shortcut baselines; nil if they were not trained.
  public let audit: AuditReport?

  enum CodingKeys: String, CodingKey {
    case folder, shards, samples, audit
    case isFinished = "finished"
  }
}
