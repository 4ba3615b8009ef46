import Workflows

/// Prints the progress of `dflab datasets merge`.
final class MergeProgress: RunProgress {
  private let terminal = Terminal()
  private let isQuiet, isJSON: Bool

  init(isQuiet: Bool, isJSON: Bool) {
    (self.isQuiet, self.isJSON) = (isQuiet, isJSON)
  }

  /// Prints an event.
  func show(_ event: MergeEvent) {
    guard !isQuiet else { return }
    switch event {
    case .started(let folder, let shards, let files):
      terminal.print("Joining \(files) files of \(shards) shards in \(folder)")
    case .joined(let done, let count):
      guard terminal.isLive else { return }
      terminal.update("\(progressBar(Double(done) / Double(count)))  \(done) of \(count)")
    case .auditing: terminal.update("running shortcut baselines")
    }
  }

  /// Prints the result.
  func end(_ outcome: MergeOutcome) throws {
    if let audit = outcome.audit, !audit.leaks.isEmpty {
      terminal.warn(AuditTable.warning(audit))
    }
    guard !isJSON else { return try terminal.print(json: outcome) }
    guard outcome.isFinished else {
      return terminal.print("Interrupted. Rerun the command to start over.")
    }
    if let audit = outcome.audit { terminal.print(AuditTable.text(audit)) }
    terminal.print(
      "merged    \(outcome.folder): \(outcome.samples) samples of \(outcome.shards) shards")
  }
}
