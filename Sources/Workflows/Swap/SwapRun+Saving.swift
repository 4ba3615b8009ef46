import Engine
import Foundation
import Generation
import Records

extension SwapRun {
  /// The swaps and the weights, with their origins.
  var made: [Artifact] {
    let initialModels = [record.settings.initialization?.hash, record.settings.adversary?.hash]
    let origins =
      [a, b].flatMap(\.origins)
      + initialModels.compactMap(\.self).filter { !$0.isEmpty }.map { .hash($0) }
    return ((try? conversion.made(by: weights)) ?? [])
      + [folder.best, folder.latest].map { Artifact($0, making: "weights", from: origins) }
  }

  /// Restores what an earlier session saved.
  ///
  /// Files that exist but cannot be restored cause an error, so that they are never overwritten.
  mutating func restore() throws {
    let files = FileManager.default
    if files.fileExists(atPath: folder.latest) {
      try trainer.restore(from: folder.latest)
    }
    if files.fileExists(atPath: folder.best) {
      best = try trainer.best(at: folder.best)
    }
  }

  /// Saves the training state.
  func save() throws {
    try trainer.save(to: folder.latest, by: Program.name)
  }

  /// Evaluates the model, and writes its weights if they are the best so far.
  ///
  /// - Parameter isScheduled: false for an evaluation caused by an interruption, which must not
  ///   change when training without a budget ends.
  mutating func evaluate(isScheduled: Bool) throws -> BestCheckpoint {
    let (truth, settings) = (truth, record.settings)
    let result = trainer.evaluate(isScheduled: isScheduled) {
      truth?.quality(of: $0, settings)
    }
    let isBest = best.map { isBetter(result, than: $0) } ?? true
    if isBest {
      try trainer.save(result, to: folder.best, by: Program.name)
      best = result
    }
    report(
      .evaluated(
        iteration: result.iteration, seconds: result.seconds, quality: result.quality,
        truth: result.groundTruth, isBest: isBest))
    return result
  }

  /// Whether a result replaces the best one.
  private func isBetter(_ result: BestCheckpoint, than best: BestCheckpoint) -> Bool {
    let settings = record.settings
    let (isSettled, wasSettled) = (
      settings.isSettled(at: result.iteration), settings.isSettled(at: best.iteration)
    )
    guard isSettled == wasSettled else { return isSettled }
    let score = result.score(by: settings.selection) ?? -.infinity
    return score > best.score(by: settings.selection) ?? -.infinity
  }
}
