/// Errors of the engine with causes outside the program.
public enum EngineError: Error, Equatable, CustomStringConvertible {
  /// A library refused a call.
  case library(call: String, status: String)
  /// A checkpoint cannot be read, or is not one of dflab's.
  case unreadableCheckpoint(path: String, reason: String)
  /// A checkpoint is of another network than the one it is loaded into.
  case mismatchedCheckpoint(path: String, reason: String)
  /// A checkpoint cannot be written.
  case unwritableCheckpoint(path: String, reason: String)
  /// A file other than a checkpoint cannot be written.
  case unwritableFile(path: String, reason: String)
  /// A loss or a gradient is not finite.
  case notFinite(what: String, iteration: Int)
  /// A rank cannot take part, or differs from rank 0.
  case disagreeingRanks(rank: Int, host: String, objection: String)

  /// One sentence for the user, including a remedy.
  public var description: String {
    switch self {
    case .library(let call, let status):
      "\(call) failed: \(status)."
    case .unreadableCheckpoint(let path, let reason):
      "Cannot read checkpoint '\(path)': \(reason). "
        + "Use another run, or delete the file to start over."
    case .mismatchedCheckpoint(let path, let reason):
      "Checkpoint '\(path)' does not match: \(reason). "
        + "Use the settings it was trained with, or another --name."
    case .unwritableCheckpoint(let path, let reason):
      "Cannot write checkpoint '\(path)': \(reason). The last checkpoint is kept."
    case .unwritableFile(let path, let reason):
      "Cannot write '\(path)': \(reason). The previous file is kept."
    case .notFinite(let what, let iteration):
      "\(what) is not finite at iteration \(iteration). Saved checkpoints are kept. "
        + "Start a new run with a lower learning rate."
    case .disagreeingRanks(let rank, let host, let objection):
      "Rank \(rank) on \(host) \(objection). Start all ranks with the same program, options and data."
    }
  }
}
