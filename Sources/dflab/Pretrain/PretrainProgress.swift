import Foundation
import Workflows

/// Prints the progress of `dflab pretrain`.
final class PretrainProgress: RunProgress {
  private let terminal = Terminal()
  private let isQuiet, isJSON: Bool
  private var throughput = Throughput(before: 0)

  init(isQuiet: Bool, isJSON: Bool) {
    (self.isQuiet, self.isJSON) = (isQuiet, isJSON)
  }

  /// Prints an event.
  func show(_ event: PretrainEvent) {
    switch event {
    case .noted(let sentence): terminal.warn(sentence)
    case .read(let faces, let heldOut):
      log("Faces       \(faces) for training, \(heldOut) held out for evaluation")
    case .started(let run, let iteration, let count):
      throughput = Throughput(before: iteration)
      let what =
        iteration == 0
        ? "" : iteration == count ? "; already complete" : "; resuming at \(iteration)"
      log("Training '\(run)' for \(count) steps\(what)")
    case .trained(let iteration, let count): update(iteration, count)
    case .evaluated(let line):
      let parts = line.heldOut.sorted { $0.key < $1.key }.map { name, figures in
        let shown = PretrainFigure.allCases.compactMap { figure in
          figures[figure.rawValue].map { "\(figure.title) \(decimals($0, figure.digits))" }
        }
        return "\(name) \(shown.joined(separator: ", "))"
      }
      log("  step \(line.iteration)  held out: \(parts.joined(separator: "; "))")
    }
  }

  /// Prints the result.
  func end(_ outcome: PretrainOutcome) throws {
    guard !isJSON else { return try terminal.print(json: outcome) }
    guard let model = outcome.model, let report = outcome.report else {
      terminal.print(
        "Interrupted at step \(outcome.iteration) of \(outcome.iterations). "
          + "Rerun the command to resume.")
      return
    }
    terminal.print("model     \(model)")
    terminal.print("report    \(report)")
  }

  /// Prints a line unless output is quiet.
  private func log(_ line: String) {
    if !isQuiet { terminal.print(line) }
  }

  private func update(_ done: Int, _ count: Int) {
    guard !isQuiet, terminal.isLive, let rate = throughput.rate(done) else { return }
    let parts = [
      progressBar(Double(done) / Double(count)), "\(done) of \(count)",
      "\(decimals(rate, 1)) steps/s", "\(time(Double(count - done) / rate)) left",
    ]
    terminal.update(parts.joined(separator: "  "))
  }
}
