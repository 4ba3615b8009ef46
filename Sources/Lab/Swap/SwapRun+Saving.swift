import Engine
import Foundation
import Generation

extension SwapRun {
  /// Takes up what an earlier session has saved.
  ///
  /// What is there and cannot be taken up is refused, so that it is never written over.
  mutating func restore() throws {
    let files = FileManager.default
    if files.fileExists(atPath: folder.latest) {
      try trainer.restore(from: folder.latest)
    }
    if files.fileExists(atPath: folder.best) {
      best = try trainer.best(at: folder.best)
    }
  }

  /// Writes where training stands.
  func save() throws {
    try trainer.save(to: folder.latest, by: Program.name)
    report(.saved(path: folder.latest))
  }

  /// Judges the model, and writes its weights if they are the best so far.
  ///
  /// - Parameter isScheduled: false for an evaluation that an interruption brings about, which
  ///   must not change when a training without a budget ends.
  mutating func evaluate(isScheduled: Bool) throws -> SwapBest {
    let (truth, settings) = (truth, record.settings)
    let result = trainer.evaluate(isScheduled: isScheduled) {
      truth?.quality(of: $0, settings)
    }
    let score = result.score(by: settings.judge) ?? -.infinity
    let isBest = best.map { score > $0.score(by: settings.judge) ?? -.infinity } ?? true
    if isBest {
      try trainer.save(result, to: folder.best, by: Program.name)
      best = result
    }
    report(
      .evaluated(
        iteration: result.iteration, seconds: result.seconds, quality: result.quality,
        truth: result.truth, isBest: isBest))
    return result
  }
}
