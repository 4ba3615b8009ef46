import Detection
import Workflows

/// Prints the progress of `dflab detect --calibrate`.
final class CalibrateProgress: RunProgress {
  private let terminal = Terminal()
  private let isQuiet, isJSON: Bool

  init(isQuiet: Bool, isJSON: Bool) {
    (self.isQuiet, self.isJSON) = (isQuiet, isJSON)
  }

  /// Prints an event.
  func show(_ event: CalibrateEvent) {
    guard !isQuiet else { return }
    switch event {
    case .noted(let sentence): terminal.print(sentence)
    case .scoring(let dataset, let samples):
      terminal.print("Scoring '\(dataset)': \(samples) samples of the validation split")
    }
  }

  /// Prints the result; nil if interrupted.
  func end(_ outcome: CalibrateOutcome?) throws {
    guard let outcome else {
      terminal.warn("Interrupted; the detector is as it was.")
      return
    }
    guard !isJSON else { return try terminal.print(json: outcome) }
    let ranking = outcome.rocAUC.map { ", ROC AUC \(decimals($0, 3))" } ?? ""
    terminal.print("\(outcome.model): \(outcome.operatingPoint)")
    terminal.print("  \(outcome.real) real and \(outcome.fake) fake validation samples\(ranking)")
  }
}
