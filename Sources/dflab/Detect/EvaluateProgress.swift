import Detection
import Workflows

/// Prints the progress of `dflab detect --evaluate`.
final class EvaluateProgress: RunProgress {
  private let terminal = Terminal()
  private let isQuiet, isJSON: Bool

  init(isQuiet: Bool, isJSON: Bool) {
    (self.isQuiet, self.isJSON) = (isQuiet, isJSON)
  }

  /// Prints an event.
  func show(_ event: EvaluateEvent) {
    switch event {
    case .noted(let sentence): log(sentence)
    case .unknownIdentities(let detector):
      log(
        "The training identities of '\(detector)' are unknown; if the dataset contains them, its "
          + "metrics are too high.")
    case .scoring(let dataset, let samples): log("Scoring '\(dataset)': \(samples)")
    case .degrading(let kind): log("  Degradation: \(kind)")
    }
  }

  private func log(_ line: String) {
    if !isQuiet { terminal.print(line) }
  }

  /// Prints the result; nil if interrupted.
  func end(_ outcome: EvaluateOutcome?) throws {
    guard let outcome else {
      terminal.warn("Interrupted; no results were written.")
      return
    }
    guard !isJSON else { return try terminal.print(json: outcome.results) }
    for set in outcome.results.sets {
      let origin = set.detectors.first.map { " \($0.frames.origin)" } ?? ""
      terminal.print("\(set.name): \(set.about)\(origin)")
      for detector in set.detectors {
        let metrics = detector.frames.metrics
        terminal.print(
          "  \((detector.model ?? detector.name).padding(to: 34))balanced accuracy "
            + "\(metrics[.balancedAccuracy]?.text ?? "–")"
            + "  ROC AUC \(metrics[.rocAUC]?.text ?? "–")")
      }
    }
    terminal.print("report    \(outcome.report)")
  }
}
