import Foundation
import Workflows

/// Prints the progress of `dflab faces synthesize`.
final class SynthesisProgress: RunProgress {
  private let terminal = Terminal()
  private let isQuiet, isJSON: Bool
  private let start = ContinuousClock.now
  private var before = 0
  private var throughput: Throughput { Throughput(before: before, since: start) }

  init(isQuiet: Bool, isJSON: Bool) {
    (self.isQuiet, self.isJSON) = (isQuiet, isJSON)
  }

  /// Prints an event.
  func show(_ event: SynthesisEvent) {
    switch event {
    case .started(let folder, let done, let count):
      before = done
      let what = done == 0 ? "" : done == count ? "; already complete" : "; resuming at \(done)"
      log("Rendering \(count) pictures in \(folder)\(what)")
    case .rendered(let done, let count):
      update(done, count)
    case .encoding(let video):
      log("Encoding \(video)")
    }
  }

  /// Prints the result.
  func end(_ outcome: SynthesisOutcome) throws {
    guard !isJSON else { return try terminal.print(json: outcome) }
    guard let sheet = outcome.sheet else {
      terminal.print(
        "Interrupted at \(outcome.rendered) of \(outcome.pictures) pictures. "
          + "Rerun the command to resume.")
      return
    }
    let rate = throughput.rate(outcome.rendered).map { ", \(decimals($0, 1)) pictures/s" } ?? ""
    log("\(outcome.rendered - before) pictures rendered\(rate)")
    terminal.print("  identities  \(outcome.people.summary)")
    if !outcome.videos.isEmpty { terminal.print("  videos      \(outcome.videos.summary)") }
    terminal.print("  sheet       \(sheet)")
    if let report = outcome.report { terminal.print("  report      \(report)") }
  }

  /// Prints a line unless output is quiet.
  private func log(_ line: String) {
    if !isQuiet { terminal.print(line) }
  }

  private func update(_ done: Int, _ count: Int) {
    guard !isQuiet, let rate = throughput.rate(done) else { return }
    let parts = [
      progressBar(Double(done) / Double(count)), "\(done) of \(count)",
      "\(decimals(rate, 1)) pictures/s",
      "\(time(Double(count - done) / rate)) left",
    ]
    terminal.update(parts.joined(separator: "  "))
  }
}

extension [String] {
  /// The names; only the first and the last of many.
  fileprivate var summary: String {
    count > 3 ? "\(self[0]) ... \(self[count - 1])" : joined(separator: ", ")
  }
}
