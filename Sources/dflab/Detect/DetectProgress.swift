import Detection
import Foundation
import Workflows

/// Prints the progress of `dflab detect --retrain`.
final class DetectProgress: RunProgress {
  private let terminal = Terminal()
  private let isQuiet, isJSON: Bool
  private var start: (time: ContinuousClock.Instant, progress: Double)?

  init(isQuiet: Bool, isJSON: Bool) {
    (self.isQuiet, self.isJSON) = (isQuiet, isJSON)
  }

  /// Prints an event.
  func show(_ event: DetectEvent) {
    switch event {
    case .read(let set, let training, let validation, let test):
      log(
        "Dataset '\(set)': \(training) training, \(validation) validation and \(test) test samples"
      )
    case .started(let kind, let iteration):
      start = nil
      log(
        iteration == 0
          ? "Training \(kind.rawValue)" : "Resuming \(kind.rawValue) at step \(iteration)")
    case .stepped(let kind, let step, let progress): update(kind, step, progress)
    case .evaluated(_, let iteration, let auc, let isBest):
      log("  step \(iteration)  validation AUC \(decimals(auc, 4))\(isBest ? " (best)" : "")")
    case .trained(let kind, let seconds): log("  \(kind.rawValue) done in \(time(seconds))")
    case .testing: log("Scoring the test split")
    case .noted(let sentence): terminal.warn(sentence)
    }
  }

  /// Prints the result.
  func end(_ outcome: DetectOutcome) throws {
    guard !isJSON else { return try terminal.print(json: outcome) }
    guard let results = outcome.results, let report = outcome.report else {
      terminal.print("Interrupted; checkpoint saved. Rerun the command to resume.")
      return
    }
    if outcome.wasDone { log("Run already complete. Use --force to retrain.") }
    terminal.print(DetectSummary(results).text)
    terminal.print("report    \(report)")
  }

  /// Prints a line unless output is quiet.
  private func log(_ line: String) {
    if !isQuiet { terminal.print(line) }
  }

  private func update(_ kind: DetectorKind, _ step: DetectorStep, _ progress: Double) {
    guard !isQuiet, terminal.isLive else { return }
    let start = start ?? (.now, progress)
    self.start = start
    var parts = [
      progressBar(min(1, progress)), kind.rawValue, "step \(step.iteration)",
      "loss \(decimals(Double(step.loss), 3))",
    ]
    let elapsed = start.time.duration(to: .now) / .seconds(1)
    if progress > start.progress, elapsed > 1 {
      parts.append("\(time(elapsed * (1 - progress) / (progress - start.progress))) left")
    }
    terminal.update(parts.joined(separator: "  "))
  }
}
