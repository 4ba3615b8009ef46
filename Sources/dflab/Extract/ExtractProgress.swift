import Foundation
import Workflows

/// Prints the progress of `dflab extract`.
final class ExtractProgress: RunProgress {
  private let terminal = Terminal()
  private let isQuiet, isJSON: Bool
  private var total: Int?
  private var throughput: Throughput?

  init(isQuiet: Bool, isJSON: Bool) {
    (self.isQuiet, self.isJSON) = (isQuiet, isJSON)
  }

  /// Prints an event.
  func show(_ event: ExtractEvent) {
    switch event {
    case .began(let input, let number, let count, let frames):
      (total, throughput) = (frames, nil)
      let position = count > 1 ? " (\(number) of \(count))" : ""
      if frames != nil || number == 1 { log("Extracting from '\(input)'\(position)") }
    case .advanced(let frames, let kept):
      update(frames, kept)
    case .noted(let sentence):
      terminal.warn(sentence)
    }
  }

  /// Prints the result.
  func end(_ outcome: ExtractOutcome) throws {
    guard !isJSON else { return try terminal.print(json: outcome) }
    guard outcome.isFinished else {
      terminal.print(
        "Interrupted at \(outcome.frames) frames with \(outcome.kept) faces. "
          + "Rerun the command to resume.")
      return
    }
    if let rate = outcome.framesPerSecond {
      log("\(outcome.frames) frames processed, \(decimals(rate, 1)) frames/s")
    } else {
      log("Face set already complete.")
    }
    terminal.print("  faces       \(outcome.kept) of \(outcome.found) detected\(rejected(outcome))")
    if outcome.withoutFaces > 0 {
      terminal.print("  no face     \(outcome.withoutFaces) of \(outcome.frames) frames")
    }
    if outcome.people > 1 { terminal.print("  identities  \(outcome.people)") }
    terminal.print("  folder      \(outcome.folder)")
    if let shard = outcome.shard {
      terminal.print(finished(shard, in: outcome.folder))
    } else {
      terminal.print("  report      \(outcome.folder)/report.html")
    }
  }

  private func rejected(_ outcome: ExtractOutcome) -> String {
    guard !outcome.rejected.isEmpty else { return "" }
    let reasons = outcome.rejected.sorted {
      $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key
    }
    return "; rejected: " + reasons.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
  }

  /// Prints a line unless output is quiet.
  private func log(_ line: String) {
    if !isQuiet { terminal.print(line) }
  }

  private func update(_ frames: Int, _ kept: Int) {
    guard !isQuiet else { return }
    let throughput = throughput ?? Throughput(before: frames)
    self.throughput = throughput
    var parts = ["\(frames) frames", "\(kept) faces"]
    if let total { parts.insert(progressBar(min(1, Double(frames) / Double(total))), at: 0) }
    if let rate = throughput.rate(frames) {
      parts.append("\(decimals(rate, 0)) frames/s")
      if let total, total > frames { parts.append("\(time(Double(total - frames) / rate)) left") }
    }
    terminal.update(parts.joined(separator: "  "))
  }
}
