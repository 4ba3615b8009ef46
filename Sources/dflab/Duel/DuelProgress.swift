import Detection
import Generation
import Workflows

/// Tells what a duel does: a line a step that is done, and in between what the step is at.
final class DuelProgress {
  private let terminal = Terminal()
  private let isQuiet, isJSON: Bool
  private var pace = Throughput(before: 0)
  private var doing = ""

  init(isQuiet: Bool, isJSON: Bool) {
    (self.isQuiet, self.isJSON) = (isQuiet, isJSON)
  }

  /// Shows one event.
  func show(_ event: DuelEvent) {
    switch event {
    case .noted(let sentence): terminal.warn(sentence)
    case .rendered(let done, let count): renew("rendering people: \(done) of \(count) pictures")
    case .started(let run, let folder, let done, let count):
      pace = Throughput(before: done)
      let what = done == 0 ? "begins" : done == count ? "is complete already" : "goes on"
      say("The duel '\(run)' \(what): \(done) of \(count) steps are done; results in \(folder)")
    case .step(let number, let count, let what):
      doing = "[\(number)/\(count)] \(what)"
      renew(doing)
    case .swap(.stepped(let step, let progress)):
      renew("\(doing)  step \(step.iteration)  \(bar(min(1, progress ?? 0)))")
    case .swap(.warned(let sentence)), .swap(.lacksTruth(let sentence)): terminal.warn(sentence)
    case .augment(.made(let done, let count)): renew("\(doing)  \(done) of \(count) pictures")
    case .augment(.noted(let sentence)): terminal.warn(sentence)
    case .detect(.stepped(_, let step, let progress)):
      renew("\(doing)  step \(step.iteration)  \(bar(min(1, progress)))")
    case .swap, .augment, .detect: break
    case .finished(let number, let count, let result):
      let left = pace.rate(number).map { ", \(time(Double(count - number) / $0)) left" } ?? ""
      say("\(doing)\(result.map { ": \($0)" } ?? "")\(number < count ? left : "")")
    }
  }

  /// Shows what came out.
  func end(_ outcome: DuelOutcome) throws {
    guard !isJSON else { return try terminal.print(json: outcome) }
    guard let results = outcome.results, let report = outcome.report else {
      terminal.print(
        "Interrupted and saved with \(outcome.done) of \(outcome.steps) steps done; the same "
          + "command goes on.")
      return
    }
    for line in DuelSummary(results).lines { terminal.print(line) }
    terminal.print("report    \(report)")
  }

  private func say(_ line: String) {
    if !isQuiet { terminal.print(line) }
  }

  private func renew(_ line: String) {
    if !isQuiet { terminal.renew(line) }
  }
}
