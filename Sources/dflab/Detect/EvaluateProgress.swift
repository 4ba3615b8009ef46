import Detection
import Workflows

/// Tells what a test of detectors on other sets does.
final class EvaluateProgress {
  private let terminal = Terminal()
  private let isQuiet, isJSON: Bool

  init(isQuiet: Bool, isJSON: Bool) {
    (self.isQuiet, self.isJSON) = (isQuiet, isJSON)
  }

  /// Shows one step.
  func show(_ sentence: String) {
    if !isQuiet { terminal.print(sentence) }
  }

  /// Shows what came out; nil when interrupted.
  func end(_ outcome: EvaluateOutcome?) throws {
    guard let outcome else {
      terminal.warn("Interrupted; nothing was written.")
      return
    }
    guard !isJSON else { return try terminal.print(json: outcome.results) }
    for set in outcome.results.sets {
      let origin = set.detectors.first.map { ", \($0.frames.origin)" } ?? "."
      terminal.print("\(set.name): \(set.about)\(origin)")
      for detector in set.detectors {
        let figures = detector.frames.figures
        terminal.print(
          "  \((detector.model ?? detector.name).padding(to: 34))balanced accuracy "
            + "\(figures[.balancedAccuracy]?.text ?? "–")"
            + "  ROC AUC \(figures[.rocAUC]?.text ?? "–")")
      }
    }
    terminal.print("report    \(outcome.report)")
  }
}
