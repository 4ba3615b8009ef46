import Foundation
import Generation
import Records

extension SwapRun {
  /// Makes the preview, the curves, the report, and the swaps of all pictures with the best
  /// weights.
  ///
  /// - Parameter isNew: true if there was training; otherwise only missing files are made.
  mutating func finish(isNew: Bool) throws {
    guard trainer.state.iteration > 0 || best != nil, !interruption.isUrgent else { return }
    if best == nil { _ = try evaluate(isScheduled: false) }
    let iteration = best?.iteration ?? 0
    let files = [folder.preview, folder.curves, folder.results, folder.page]
    let isDrawn = files.allSatisfy(FileManager.default.fileExists)
    let (conversion, drawing) = (try conversion, drawing)
    let isConverting = !record.sessionOptions.skipsSwaps
    guard isNew || !isDrawn || isConverting && conversion.results.done < conversion.count
    else { return }
    try trainer.withWeights(of: weights) { trainer in
      // If swaps are missing, an earlier session ended before drawing, or just after.
      try drawing.draw(trainer.model, as: "iteration \(iteration) (best held-out score)")
      guard var results = results(trainer) else { return }
      try results.write(to: folder.results)
      _ = try RunReport(in: folder.lab)
      guard isConverting else { return }
      try conversion.run(trainer.model, precision: record.settings.precision, interruption, report)
      results.swaps = conversion.results
      try results.write(to: folder.results)
      _ = try RunReport(in: folder.lab)
    }
  }

  /// - Parameter trainer: holds the best weights.
  private func results(_ trainer: SwapTrainer) -> SwapResults? {
    best.map { best in
      SwapResults(
        best: best, iterations: max(trainer.state.iteration, best.iteration),
        reconstruction: SwapMetrics(reconstructionBy: trainer, a: a, b: b),
        groundTruth: truth.map { SwapMetrics(swapsBy: trainer, against: $0) })
    }
  }

  /// The swapping of all pictures with the best weights.
  var conversion: SwapConversion {
    get throws {
      let sessionOptions = record.sessionOptions
      var insertion = FaceInsertion()
      insertion.mask = record.mask
      insertion.sharpening = sessionOptions.sharpen
      let poses =
        FileManager.default.fileExists(atPath: weights)
        ? try TrainedPoses.reading(weights) : nil
      return SwapConversion(
        folder: folder, a: a, b: b, insertion: insertion, poses: poses, best: best,
        direction: sessionOptions.direction ?? .both)
    }
  }

  /// The drawing of preview and curves.
  var drawing: SwapDrawing {
    SwapDrawing(
      folder: folder, a: a.faces, b: b.faces, truth: truth,
      precision: record.settings.precision, direction: record.sessionOptions.direction ?? .both)
  }
}
