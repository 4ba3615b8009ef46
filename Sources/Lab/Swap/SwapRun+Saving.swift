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
  mutating func evaluate(isScheduled: Bool) throws -> (SwapQuality, TrueSwapQuality?) {
    let quality = trainer.evaluate(isScheduled: isScheduled)
    let (known, settings) = (truth, record.settings)
    let truth = trainer.withUsedWeights { known?.quality(of: $0.model, settings) }
    let isBest = quality.score > best?.quality.score ?? -.infinity
    if isBest {
      let best = SwapBest(
        iteration: trainer.state.iteration, seconds: trainer.state.seconds, quality: quality,
        truth: truth)
      try trainer.save(best, to: folder.best, by: Program.name)
      self.best = best
    }
    report(
      .evaluated(
        iteration: trainer.state.iteration, seconds: trainer.state.seconds, quality: quality,
        truth: truth, isBest: isBest))
    return (quality, truth)
  }
}
