import Foundation
import Workflows

/// Tells what a rendering does: a line that renews itself, a line now and then elsewhere.
final class SynthesisProgress {
  private let terminal = Terminal()
  private let isQuiet, isJSON: Bool
  private let begun = ContinuousClock.now
  private var before = 0
  private var pace: Throughput { Throughput(before: before, since: begun) }

  init(isQuiet: Bool, isJSON: Bool) {
    (self.isQuiet, self.isJSON) = (isQuiet, isJSON)
  }

  /// Shows one event.
  func show(_ event: SynthesisEvent) {
    switch event {
    case .started(let folder, let done, let count):
      before = done
      let what = done == 0 ? "" : done == count ? "; all are there already" : "; \(done) are there"
      say("Rendering \(count) pictures into \(folder)\(what)")
    case .rendered(let done, let count):
      renew(done, count)
    }
  }

  /// Shows what came out.
  func end(_ outcome: SynthesisOutcome) throws {
    guard !isJSON else { return try terminal.print(json: outcome) }
    guard let sheet = outcome.sheet else {
      terminal.print(
        "Interrupted with \(outcome.rendered) of \(outcome.pictures) pictures; "
          + "the same command goes on.")
      return
    }
    let rate = pace.rate(outcome.rendered).map { ", \(decimals($0, 1)) a second" } ?? ""
    say("\(outcome.rendered - before) pictures rendered\(rate)")
    terminal.print("  people   \(outcome.people.summary)")
    terminal.print("  sheet    \(sheet): some pictures of each person")
    if let report = outcome.report { terminal.print("  report   \(report)") }
  }

  private func say(_ line: String) {
    if !isQuiet { terminal.print(line) }
  }

  private func renew(_ done: Int, _ count: Int) {
    guard !isQuiet, let rate = pace.rate(done) else { return }
    let parts = [
      bar(Double(done) / Double(count)), "\(done) of \(count)", "\(decimals(rate, 1)) pictures/s",
      "\(time(Double(count - done) / rate)) left",
    ]
    terminal.renew(parts.joined(separator: "  "))
  }
}

extension [String] {
  /// The first and the last of many.
  fileprivate var summary: String {
    count > 3 ? "\(self[0]) … \(self[count - 1])" : joined(separator: ", ")
  }
}
