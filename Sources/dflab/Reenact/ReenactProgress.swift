import Foundation
import Generation
import Workflows

/// Prints the progress of `dflab reenact`.
final class ReenactProgress: RunProgress {
  private let terminal = Terminal()
  private let isQuiet, isJSON: Bool
  private let extract: ExtractProgress
  private let swap: SwapProgress
  private let convert: ConvertProgress

  init(isQuiet: Bool, isJSON: Bool) {
    (self.isQuiet, self.isJSON) = (isQuiet, isJSON)
    extract = ExtractProgress(isQuiet: isQuiet, isJSON: isJSON)
    swap = SwapProgress(isQuiet: isQuiet, isJSON: isJSON)
    convert = ConvertProgress(isQuiet: isQuiet, isJSON: isJSON, showsTiming: false)
  }

  /// Prints an event.
  func show(_ event: ReenactEvent) {
    switch event {
    case .extract(let event): extract.show(event)
    case .swap(let event): swap.show(event)
    case .convert(let event): convert.show(event)
    }
  }

  /// Prints the result.
  func end(_ outcome: ReenactOutcome) throws {
    guard !isJSON else { return try terminal.print(json: outcome) }
    for note in outcome.notes { terminal.warn(note) }
    guard outcome.isFinished else {
      return terminal.print("Interrupted. Rerun the command to resume.")
    }
    terminal.print(
      "\(outcome.output): \(outcome.frames) frames, \(outcome.reenacted) with a reenacted face")
    if !outcome.facesLeft.isEmpty {
      terminal.print("left as they were: \(SwapObstacle.text(outcome.facesLeft))")
    }
    if let fit = text(outcome.fit) { terminal.print(fit) }
    if let flicker = outcome.flicker {
      terminal.print(
        "flicker   \(decimals(flicker, 2)) levels of 0–255 from frame to frame beyond the target's")
    }
    if let model = outcome.model { terminal.print("model     \(model)") }
    if let report = outcome.report { terminal.print("report    \(report)") }
  }
}
