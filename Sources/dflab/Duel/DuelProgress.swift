import Detection
import Generation
import Workflows

/// Prints the progress of `dflab duel`.
final class DuelProgress: RunProgress {
  private let terminal = Terminal()
  private let isQuiet, isJSON: Bool
  private var throughput = Throughput(before: 0)
  private var current = ""

  init(isQuiet: Bool, isJSON: Bool) {
    (self.isQuiet, self.isJSON) = (isQuiet, isJSON)
  }

  /// Prints an event.
  func show(_ event: DuelEvent) {
    switch event {
    case .noted(let sentence): terminal.warn(sentence)
    case .rendered(let done, let count):
      update("rendering identities: \(done) of \(count) pictures")
    case .started(let run, let folder, let done, let count):
      throughput = Throughput(before: done)
      let what = done == 0 ? "Starting" : done == count ? "Already complete:" : "Resuming"
      log("\(what) duel '\(run)', \(done) of \(count) steps done; results in \(folder)")
    case .step(let number, let count, let what):
      current = "[\(number)/\(count)] \(what)"
      update(current)
    case .swap(.stepped(let step, let progress)):
      update("\(current)  step \(step.iteration)  \(progressBar(min(1, progress ?? 0)))")
    case .swap(.warned(let sentence)), .swap(.lacksGroundTruth(let sentence)):
      terminal.warn(sentence)
    case .augment(.made(let done, let count)): update("\(current)  \(done) of \(count) samples")
    case .augment(.noted(let sentence)): terminal.warn(sentence)
    case .detect(.stepped(_, let step, let progress)):
      update("\(current)  step \(step.iteration)  \(progressBar(min(1, progress)))")
    case .swap, .augment, .detect: break
    case .finished(let number, let count, let result):
      let left = throughput.rate(number).map { ", \(time(Double(count - number) / $0)) left" } ?? ""
      log("\(current)\(result.map { ": \($0)" } ?? "")\(number < count ? left : "")")
    }
  }

  /// Prints the result.
  func end(_ outcome: DuelOutcome) throws {
    guard !isJSON else { return try terminal.print(json: outcome) }
    guard let results = outcome.results, let report = outcome.report else {
      terminal.print(
        "Interrupted with \(outcome.done) of \(outcome.steps) steps done. Rerun the command to resume."
      )
      return
    }
    for line in DuelSummary(results).lines { terminal.print(line) }
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

/// The result of `dflab duel`: the matrix of generators and detectors, and the verdicts.
struct DuelSummary {
  let lines: [String]

  init(_ results: DuelResults) {
    func cells(_ texts: [String]) -> String {
      texts.map { $0 + String(repeating: " ", count: max(1, 11 - $0.count)) }.joined()
    }
    let matrix = zip(results.rows, results.matrix).map { row, metrics in
      cells([row.name] + metrics.map { $0.value.map { decimals($0, 3) } ?? "–" })
    }
    lines =
      [
        "ROC AUC on test identities (rows: generators, columns: detectors)",
        cells([""] + results.columns.map(\.name)),
      ]
      + matrix + results.verdicts
  }
}
