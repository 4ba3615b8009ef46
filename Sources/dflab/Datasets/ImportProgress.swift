import Faces
import Workflows

/// Prints the progress of `dflab datasets import`.
final class ImportProgress: RunProgress {
  private let terminal = Terminal()
  private let isQuiet, isJSON: Bool
  private var throughput = Throughput(before: 0)

  init(isQuiet: Bool, isJSON: Bool) {
    (self.isQuiet, self.isJSON) = (isQuiet, isJSON)
  }

  /// Prints an event.
  func show(_ event: ImportEvent) {
    switch event {
    case .noted(let sentence): terminal.warn(sentence)
    case .started(let folder, let layout, let done, let count):
      throughput = Throughput(before: done)
      let what = done == 0 ? "" : "; resuming at file \(done)"
      if !isQuiet { terminal.print("Importing \(count) files of \(layout) into \(folder)\(what)") }
    case .advanced(let done, let count, let faces):
      guard !isQuiet, terminal.isLive, let rate = throughput.rate(done) else { return }
      let parts = [
        progressBar(Double(done) / Double(count)), "\(done) of \(count)", "\(faces) faces",
        "\(time(Double(count - done) / rate)) left",
      ]
      terminal.update(parts.joined(separator: "  "))
    }
  }

  /// Prints the result.
  func end(_ outcome: ImportOutcome) throws {
    guard !isJSON else { return try terminal.print(json: outcome) }
    if let shard = outcome.shard, outcome.isFinished {
      return terminal.print(finished(shard, in: outcome.folder))
    }
    guard let sheet = outcome.sheet else {
      terminal.print(
        "Interrupted at \(outcome.done) of \(outcome.files) files. Rerun the command to resume.")
      return
    }
    terminal.print(
      "dataset   \(outcome.folder): \(outcome.faces) faces from \(outcome.files) files")
    if outcome.withoutFaces > 0 {
      terminal.print(
        "frames    no face in \(outcome.withoutFaces) of \(outcome.frames) frames and pictures")
    }
    if outcome.truncated > 0 {
      terminal.print("truncated \(outcome.truncated) files; the frames before their end are used")
    }
    if let list = outcome.list {
      let reasons = SkippedFile.Reason.allCases.compactMap { reason in
        outcome.skipped[reason.rawValue].map { "\($0) \(reason.description)" }
      }
      let count = outcome.skipped.values.reduce(0, +)
      terminal.print("skipped   \(count) files: \(reasons.joined(separator: ", ")); see \(list)")
    }
    terminal.print("sheet     \(sheet)")
  }
}
