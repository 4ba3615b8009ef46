import Foundation
import Workflows

/// Tells what a conversion does: a line that renews itself, and what came out.
final class ConvertProgress {
  private let terminal = Terminal()
  private let isQuiet, isJSON, showsTiming: Bool
  private let start = ContinuousClock.now
  private var pace: Throughput?

  init(isQuiet: Bool, isJSON: Bool, showsTiming: Bool) {
    (self.isQuiet, self.isJSON, self.showsTiming) = (isQuiet, isJSON, showsTiming)
  }

  /// Shows one event.
  func show(_ event: ConversionEvent) {
    guard !isQuiet else { return }
    switch event {
    case .began(let input, let done):
      terminal.print("Converting '\(input)'" + (done > 0 ? "; \(done) frames are there" : ""))
    case .converted(let done, let count):
      // What an earlier session did says nothing of the speed.
      let pace = pace ?? Throughput(before: done, since: start)
      self.pace = pace
      var parts = [count.map { "\(done) of \($0) frames" } ?? "\(done) frames"]
      if let count { parts.insert(bar(min(1, Double(done) / Double(count))), at: 0) }
      if let rate = pace.rate(done) {
        parts.append("\(decimals(rate, 1)) frames/s")
        if let count, count > done { parts.append("\(time(Double(count - done) / rate)) left") }
      }
      terminal.renew(parts.joined(separator: "  "))
    case .joining:
      terminal.renew("joining the pieces")
    }
  }

  /// Shows what came out.
  func end(_ outcome: ConversionOutcome, isDone: Bool) throws {
    guard !isJSON else { return try terminal.print(json: outcome) }
    for note in outcome.notes { terminal.warn(note) }
    guard isDone else {
      terminal.print(
        "Interrupted with \(outcome.frames) frames finished; the same command goes on.")
      return
    }
    let rate = Double(outcome.frames - outcome.resumed) / max(outcome.seconds, 1e-9)
    terminal.print(
      "\(outcome.output): \(outcome.frames) frames, \(outcome.swapped) with the face swapped, "
        + "\(decimals(rate, 1)) frames/s")
    if let flicker = outcome.flicker {
      terminal.print("flicker beyond the source's motion: \(decimals(flicker, 2)) of 255 levels")
    }
    if let report = outcome.report { terminal.print("report: \(report)") }
    guard showsTiming else { return }
    for (stage, seconds) in outcome.stages.sorted(by: { $0.value > $1.value }) {
      terminal.print("  \(stage): \(decimals(seconds, 2)) s")
    }
  }
}
