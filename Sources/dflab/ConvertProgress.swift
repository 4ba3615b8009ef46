import Foundation
import Lab

/// Tells what a conversion does: a line that renews itself, and what came out.
final class ConvertProgress {
  private let terminal = Terminal()
  private let isQuiet, isJSON, showsTiming: Bool
  private let start = ContinuousClock.now
  private var first: Int?

  init(isQuiet: Bool, isJSON: Bool, showsTiming: Bool) {
    (self.isQuiet, self.isJSON, self.showsTiming) = (isQuiet, isJSON, showsTiming)
  }

  /// Shows one event.
  func show(_ event: ConversionEvent) {
    guard !isQuiet else { return }
    switch event {
    case .converted(let done, let count):
      // What an earlier session did says nothing of the speed.
      let before = first ?? done
      first = before
      var parts = [count.map { "\(done) of \($0) frames" } ?? "\(done) frames"]
      let seconds = start.duration(to: .now) / .seconds(1)
      if done > before, seconds > 0 {
        let rate = Double(done - before) / seconds
        parts.append("\(decimals(rate, 1)) frames/s")
        if let count, count > done { parts.append("\(time(Double(count - done) / rate)) left") }
      }
      terminal.renew(parts.joined(separator: "  "))
    case .joining:
      terminal.renew("joining the pieces")
    }
  }

  /// Shows what came out.
  func end(_ outcome: ConversionOutcome, isDone: Bool) {
    guard !isJSON else {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      if let data = try? encoder.encode(outcome) {
        terminal.print(String(decoding: data, as: UTF8.self))
      }
      return
    }
    for note in outcome.notes { terminal.warn(note) }
    guard isDone else {
      terminal.print("Ended early; the same command goes on from the last finished piece.")
      return
    }
    let rate = Double(outcome.frames - outcome.resumed) / max(outcome.seconds, 1e-9)
    terminal.print(
      "\(outcome.output): \(outcome.frames) frames, \(outcome.swapped) with the face swapped, "
        + "\(decimals(rate, 1)) frames/s")
    if let flicker = outcome.flicker {
      terminal.print("flicker beyond the source's motion: \(decimals(flicker, 2)) of 255 levels")
    }
    guard showsTiming else { return }
    for (stage, seconds) in outcome.stages.sorted(by: { $0.value > $1.value }) {
      terminal.print("  \(stage): \(decimals(seconds, 2)) s")
    }
  }
}
