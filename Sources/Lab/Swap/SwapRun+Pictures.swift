import Engine
import Faces
import Foundation
import Generation
import Media

extension SwapRun {
  /// The curves and the preview, and with the best weights the swaps of all pictures.
  ///
  /// - Parameter isNew: true if training has gone on; otherwise only what is missing is made.
  mutating func finish(isNew: Bool) throws {
    guard trainer.state.iteration > 0, !interruption.isUrgent else { return }
    if best == nil { _ = try evaluate(isScheduled: false) }
    let files = FileManager.default
    let isDrawn =
      files.fileExists(atPath: folder.preview) && files.fileExists(atPath: folder.curves)
    if isNew || !isDrawn { try draw() }
    try trainer.withWeights(of: folder.best) { model throws in
      try conversion.run(model, precision: record.settings.precision, interruption, report)
    }
  }

  /// The swapping of all pictures with the best weights.
  var conversion: SwapConversion {
    SwapConversion(folder: folder, a: a, b: b, sharpen: record.habits.sharpen, best: best)
  }

  /// Renews the preview and the curves.
  mutating func draw() throws {
    let best = "best so far: iteration \(best?.iteration ?? 0)"
    let title = "\(folder.name), iteration \(trainer.state.iteration), \(best)"
    let (a, b, precision) = (a.faces, b.faces, record.settings.precision)
    let sheet = trainer.withUsedWeights {
      SwapPreview(of: $0.model, a: a, b: b, precision: precision).sheet(title: title)
    }
    let mark = Mark.synthetic(by: Program.name)
    try WholeFile.write(sheet.drawn().encoded(as: .png, mark: mark), to: folder.preview)
    let curves = SwapCurves(RunLog.lines(at: folder.log)).plot
    try WholeFile.write(curves.drawn().encoded(as: .png, mark: nil), to: folder.curves)
  }
}
