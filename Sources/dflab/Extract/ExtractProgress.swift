import Foundation
import Workflows

/// Tells what an extraction does: a line that renews itself, a line now and then elsewhere.
final class ExtractProgress {
  private let terminal = Terminal()
  private let isQuiet, isJSON: Bool
  private var total: Int?
  private var pace: Throughput?

  init(isQuiet: Bool, isJSON: Bool) {
    (self.isQuiet, self.isJSON) = (isQuiet, isJSON)
  }

  /// Shows one event.
  func show(_ event: ExtractEvent) {
    switch event {
    case .began(let input, let number, let count, let frames):
      (total, pace) = (frames, nil)
      let place = count > 1 ? " (\(number) of \(count))" : ""
      if frames != nil || number == 1 { say("Extracting from '\(input)'\(place)") }
    case .advanced(let frames, let kept):
      renew(frames, kept)
    case .noted(let sentence):
      terminal.warn(sentence)
    }
  }

  /// Shows what came out.
  func end(_ outcome: ExtractOutcome) throws {
    guard !isJSON else { return try terminal.print(json: outcome) }
    guard outcome.isFinished else {
      terminal.print(
        "Interrupted with \(outcome.kept) faces from \(outcome.frames) frames; "
          + "the same command goes on.")
      return
    }
    if let rate = outcome.framesPerSecond {
      say("\(outcome.frames) frames looked at, \(decimals(rate, 1)) a second")
    } else {
      say("This set is complete already.")
    }
    terminal.print("  faces    \(outcome.kept) of \(outcome.found) found\(rejected(outcome))")
    if outcome.withoutFaces > 0 {
      terminal.print("  without  \(outcome.withoutFaces) of \(outcome.frames) frames show no face")
    }
    if outcome.people > 1 { terminal.print("  people   \(outcome.people)") }
    terminal.print("  folder   \(outcome.folder)")
    if outcome.isFinished { terminal.print("  report   \(outcome.folder)/report.html") }
  }

  private func rejected(_ outcome: ExtractOutcome) -> String {
    guard !outcome.rejected.isEmpty else { return "" }
    let reasons = outcome.rejected.sorted {
      $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key
    }
    return "; left out: " + reasons.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
  }

  private func say(_ line: String) {
    if !isQuiet { terminal.print(line) }
  }

  private func renew(_ frames: Int, _ kept: Int) {
    guard !isQuiet else { return }
    let pace = pace ?? Throughput(before: frames)
    self.pace = pace
    var parts = ["\(frames) frames", "\(kept) faces"]
    if let total { parts.insert(bar(min(1, Double(frames) / Double(total))), at: 0) }
    if let rate = pace.rate(frames) {
      parts.append("\(decimals(rate, 0)) frames/s")
      if let total, total > frames { parts.append("\(time(Double(total - frames) / rate)) left") }
    }
    terminal.renew(parts.joined(separator: "  "))
  }
}
