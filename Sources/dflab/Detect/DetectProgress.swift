import Detection
import Foundation
import Workflows

/// Tells what a training of detectors does: a bar on a terminal, a line an evaluation elsewhere.
final class DetectProgress {
  private let terminal = Terminal()
  private let isQuiet, isJSON: Bool
  private var pace: (start: ContinuousClock.Instant, progress: Double)?

  init(isQuiet: Bool, isJSON: Bool) {
    (self.isQuiet, self.isJSON) = (isQuiet, isJSON)
  }

  /// Shows one event.
  func show(_ event: DetectEvent) {
    switch event {
    case .read(let set, let training, let validation, let test):
      say(
        "Set '\(set)': \(training) pictures to learn from, \(validation) to choose by, \(test) to test"
      )
    case .started(let kind, let iteration):
      pace = nil
      say(
        iteration == 0
          ? "Training \(kind.rawValue)" : "Going on with \(kind.rawValue) at step \(iteration)")
    case .stepped(let kind, let step, let progress): renew(kind, step, progress)
    case .examined(_, let iteration, let auc, let isBest):
      say("  step \(iteration)  validation AUC \(decimals(auc, 4))\(isBest ? "  best so far" : "")")
    case .trained(let kind, let seconds): say("  \(kind.rawValue) done in \(time(seconds))")
    case .testing: say("Scoring the test split, once")
    case .noted(let sentence): terminal.warn(sentence)
    }
  }

  /// Shows what came out.
  func end(_ outcome: DetectOutcome) throws {
    guard !isJSON else { return try terminal.print(json: outcome) }
    guard let results = outcome.results, let report = outcome.report else {
      terminal.print("Interrupted and saved; the same command goes on.")
      return
    }
    if outcome.wasDone { say("This run is complete already; --force trains it anew.") }
    terminal.print(DetectSummary(results).text)
    terminal.print("report    \(report)")
  }

  private func say(_ line: String) {
    if !isQuiet { terminal.print(line) }
  }

  private func renew(_ kind: DetectorKind, _ step: DetectorStep, _ progress: Double) {
    guard !isQuiet, terminal.isLive else { return }
    let pace = pace ?? (.now, progress)
    self.pace = pace
    var parts = [
      bar(min(1, progress)), kind.rawValue, "step \(step.iteration)",
      "loss \(decimals(Double(step.loss), 3))",
    ]
    let elapsed = pace.start.duration(to: .now) / .seconds(1)
    if progress > pace.progress, elapsed > 1 {
      parts.append("\(time(elapsed * (1 - progress) / (progress - pace.progress))) left")
    }
    terminal.renew(parts.joined(separator: "  "))
  }
}
