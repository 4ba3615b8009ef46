import Workflows

/// Tells what the import of a data set does: a bar on a terminal, lines at the ends elsewhere.
final class ImportProgress {
  private let terminal = Terminal()
  private let isQuiet, isJSON: Bool
  private var pace = Throughput(before: 0)

  init(isQuiet: Bool, isJSON: Bool) {
    (self.isQuiet, self.isJSON) = (isQuiet, isJSON)
  }

  /// Shows one event.
  func show(_ event: ImportEvent) {
    switch event {
    case .noted(let sentence): terminal.warn(sentence)
    case .started(let folder, let layout, let done, let count):
      pace = Throughput(before: done)
      let what = done == 0 ? "" : "; \(done) are done"
      if !isQuiet { terminal.print("Taking \(count) files of \(layout) into \(folder)\(what)") }
    case .advanced(let done, let count, let faces):
      guard !isQuiet, terminal.isLive, let rate = pace.rate(done) else { return }
      let parts = [
        bar(Double(done) / Double(count)), "\(done) of \(count)", "\(faces) faces",
        "\(time(Double(count - done) / rate)) left",
      ]
      terminal.renew(parts.joined(separator: "  "))
    }
  }

  /// Shows what came out.
  func end(_ outcome: ImportOutcome) throws {
    guard !isJSON else { return try terminal.print(json: outcome) }
    guard let sheet = outcome.sheet else {
      terminal.print(
        "Interrupted with \(outcome.done) of \(outcome.files) files; the same command goes on.")
      return
    }
    terminal.print("set       \(outcome.folder): \(outcome.faces) faces of \(outcome.files) files")
    terminal.print("sheet     \(sheet)")
  }
}
