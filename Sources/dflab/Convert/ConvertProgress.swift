import Foundation
import Generation
import Workflows

/// Prints the progress of `dflab convert`.
final class ConvertProgress {
  private let terminal = Terminal()
  private let isQuiet, isJSON, showsTiming: Bool
  private let start = ContinuousClock.now
  private var throughput: Throughput?

  init(isQuiet: Bool, isJSON: Bool, showsTiming: Bool) {
    (self.isQuiet, self.isJSON, self.showsTiming) = (isQuiet, isJSON, showsTiming)
  }

  /// Prints an event.
  func show(_ event: ConversionEvent) {
    guard !isQuiet else { return }
    switch event {
    case .began(let input, let done):
      terminal.print("Converting '\(input)'" + (done > 0 ? "; resuming at frame \(done)" : ""))
    case .converted(let done, let count):
      // The speed of this session only.
      let throughput = throughput ?? Throughput(before: done, since: start)
      self.throughput = throughput
      var parts = [count.map { "\(done) of \($0) frames" } ?? "\(done) frames"]
      if let count { parts.insert(progressBar(min(1, Double(done) / Double(count))), at: 0) }
      if let rate = throughput.rate(done) {
        parts.append("\(decimals(rate, 1)) frames/s")
        if let count, count > done { parts.append("\(time(Double(count - done) / rate)) left") }
      }
      terminal.update(parts.joined(separator: "  "))
    case .joining:
      terminal.update("joining segments")
    }
  }

  /// Prints the result.
  func end(_ outcome: ConversionOutcome, isDone: Bool) throws {
    guard !isJSON else { return try terminal.print(json: outcome) }
    for note in outcome.notes { terminal.warn(note) }
    guard isDone else {
      terminal.print(
        "Interrupted at \(outcome.frames) frames. Rerun the command to resume.")
      return
    }
    let rate = Double(outcome.frames - outcome.resumed) / max(outcome.seconds, 1e-9)
    terminal.print(
      "\(outcome.output): \(outcome.frames) frames, \(outcome.swapped) with swapped faces, "
        + "\(decimals(rate, 1)) frames/s")
    if !outcome.facesLeft.isEmpty {
      terminal.print("left as they were: \(SwapObstacle.text(outcome.facesLeft))")
    }
    if let fit = text(outcome.fit) { terminal.print(fit) }
    if let flicker = outcome.flicker {
      terminal.print(
        "flicker   \(decimals(flicker, 2)) levels of 0–255 from frame to frame beyond the input's")
    }
    if let report = outcome.report { terminal.print("report    \(report)") }
    guard showsTiming else { return }
    for (stage, seconds) in outcome.stages.sorted(by: { $0.value > $1.value }) {
      terminal.print("  \(stage): \(decimals(seconds, 2)) s")
    }
  }
}
