import Detection
import Workflows

/// Prints the progress of `dflab detect --cross-validate`.
final class CrossValidationProgress: RunProgress {
  private let terminal = Terminal()
  private let isQuiet, isJSON: Bool

  init(isQuiet: Bool, isJSON: Bool) {
    (self.isQuiet, self.isJSON) = (isQuiet, isJSON)
  }

  /// Prints an event.
  func show(_ event: CrossValidationEvent) {
    guard !isQuiet else { return }
    switch event {
    case .validating(let classifier, let number, let count):
      terminal.update("cross-validating: \(classifier) (\(number) of \(count))")
    }
  }

  /// Prints the result.
  func end(_ outcome: CrossValidationOutcome) throws {
    guard let result = outcome.result else {
      return terminal.warn(
        "Interrupted. Rerun the command to resume after the last finished classifier.")
    }
    guard !isJSON else { return try terminal.print(json: result) }
    terminal.print(CrossValidationSummary(result: result).text)
    if let report = outcome.report { terminal.print("report    \(report)") }
  }
}

/// The result of `dflab detect --cross-validate`.
struct CrossValidationSummary {
  let result: TableCrossValidation

  var text: String {
    let balance = result.balance
    let head = ["classifier", "accuracy", "95 % interval", "worst fold", "best fold", "ROC AUC"]
    let rows = result.classifiers.map { classifier in
      let interval = classifier.accuracy.interval
      return [
        classifier.classifier, classifier.accuracy.value.map { decimals($0, 4) } ?? "",
        interval.map { "\(decimals($0.low, 4)) to \(decimals($0.high, 4))" } ?? "",
        classifier.folds.min().map { decimals($0, 4) } ?? "",
        classifier.folds.max().map { decimals($0, 4) } ?? "",
        classifier.auc.map { decimals($0, 4) } ?? "",
      ]
    }
    let table = [head] + rows
    let widths = head.indices.map { column in table.map { $0[column].count }.max() ?? 0 }
    let lines = table.map { row in
      zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }.joined(separator: "  ").withoutTrailingSpaces
    }
    let constant = max(balance.fakeShare, 1 - balance.fakeShare)
    let notes = [
      "\(result.path): \(balance.real) real and \(balance.fake) fake samples of "
        + "\(result.features) features, \(result.classifiers.first?.folds.count ?? 0) folds",
      "a constant prediction has an accuracy of \(decimals(constant, 4)); intervals are bootstrapped over "
        + "samples and are too narrow if several samples come from one clip",
    ]
    return ([notes[0]] + (result.warning.map { [$0] } ?? []) + lines + [notes[1]])
      .joined(separator: "\n")
  }
}

extension String {
  /// The text without trailing spaces.
  fileprivate var withoutTrailingSpaces: String {
    var part = Substring(self)
    while part.last == " " { part.removeLast() }
    return String(part)
  }
}
