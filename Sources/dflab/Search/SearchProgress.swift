import Workflows

/// Prints the progress of `dflab search`.
final class SearchProgress: RunProgress {
  private let terminal = Terminal()
  private let isQuiet, isJSON: Bool
  private var current = ""

  init(isQuiet: Bool, isJSON: Bool) {
    (self.isQuiet, self.isJSON) = (isQuiet, isJSON)
  }

  /// Prints an event.
  func show(_ event: SearchEvent) {
    switch event {
    case .noted(let sentence): terminal.warn(sentence)
    case .read(let set, let training, let validation):
      log("Dataset     \(set): \(training) training and \(validation) validation samples")
    case .phase(let name, let done, let count):
      log("Phase '\(name)', \(count) trials\(done > 0 ? ", \(done) of them done" : "")")
    case .trial(let number, let count, let values):
      current = "[\(number + 1)/\(count)] \(values)"
      update(current)
    case .reported(_, let report, let count, let value):
      update("\(current)  \(progressBar(Double(report) / Double(count)))  \(decimals(value, 3))")
    case .ended(_, let state, let value, let best):
      let result = value.map { " \(decimals($0, 3))" } ?? ""
      log("\(current): \(state)\(result), best \(best.map { decimals($0, 3) } ?? "none")")
    case .repeated(let what, let seed, let number, let count):
      log("[\(number)/\(count)] training the \(what) with seed \(seed)")
    }
  }

  /// Prints the result.
  func end(_ outcome: SearchOutcome) throws {
    guard !isJSON else { return try terminal.print(json: outcome) }
    guard let results = outcome.results, let report = outcome.report else {
      terminal.print("Interrupted. Rerun the command to resume.")
      return
    }
    let winner = results.winner.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    terminal.print("winner    \(winner.joined(separator: ", "))")
    terminal.print(results.comparison.verdict)
    terminal.print("study     \(outcome.study)")
    terminal.print("report    \(report)")
  }

  /// Prints a line unless output is quiet.
  private func log(_ line: String) {
    if !isQuiet { terminal.print(line) }
  }

  private func update(_ line: String) {
    if !isQuiet { terminal.update(line) }
  }
}
