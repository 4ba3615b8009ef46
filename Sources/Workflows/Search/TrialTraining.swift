import Detection
import Engine
import Faces
import Records
import Search

/// The training of one trial, in memory.
final class TrialTraining {
  /// What came of a trial.
  struct Outcome {
    /// The best reported value; nil for a failed trial.
    var best: Double?
    /// Why the trial failed: a sentence's end; nil if it did not.
    var reason: String?
    /// Whether a report ended it.
    var isPruned = false
    /// Seconds of training.
    var seconds = 0.0
    /// The detector with the best report.
    var detector: NetworkDetector?
  }

  private let recipe: SearchRecipe
  private let data: SearchData
  private let interruption: Interruption
  private var outcome = Outcome()
  private var reports = 0

  init(_ recipe: SearchRecipe, _ data: SearchData, _ interruption: Interruption) {
    (self.recipe, self.data, self.interruption) = (recipe, data, interruption)
  }

  /// Trains with some values; those that are missing are the network's defaults.
  ///
  /// - Parameter isPruned: is told each report, counted from 1, and whether the trial should end.
  func train(
    _ values: [String: SearchValue], seed: UInt64,
    isPruned: @escaping (_ report: Int, _ value: Double) throws -> Bool = { _, _ in false }
  ) throws -> Outcome {
    let network = recipe.network
    let settings = TrialSettings(network, values)
    let context = DetectorTraining(
      training: data.training, validation: data.validation, seed: seed, batch: settings.batch,
      cropShare: settings.cropShare, learningRate: settings.learningRate,
      tuning: settings.tuning,
      budget: budget(batch: settings.batch ?? DetectorSettings(network).batch),
      validations: recipe.validations, latest: nil, program: Program.name,
      isInterrupted: { [self] in interruption.isAsked || outcome.isPruned },
      keep: { [self] in outcome.detector = $0 as? NetworkDetector },
      report: { [self] event in
        guard case .validated(let validation, _, _) = event else { return }
        reports += 1
        outcome.seconds = validation.seconds
        outcome.best = max(outcome.best ?? -.infinity, validation.score)
        if reports < recipe.validations {
          outcome.isPruned = try isPruned(reports, validation.score)
        } else {
          _ = try isPruned(reports, validation.score)
        }
      })
    do {
      try DetectorRegistry.standard[network.kind]?.train(context, nil)
    } catch let error as EngineError {
      guard case .notFinite = error else { throw error }
      (outcome.best, outcome.detector) = (nil, nil)
      outcome.reason = "\(error)"
    }
    return outcome
  }

  private func budget(batch: Int) -> DetectorBudget {
    if recipe.seconds > 0 { return DetectorBudget(seconds: recipe.seconds) }
    if recipe.steps > 0 { return DetectorBudget(iterations: recipe.steps) }
    let count = NetworkSamples(of: data.training, frames: recipe.network.frames).count
    return DetectorBudget(iterations: max(1, (recipe.epochs * count + batch - 1) / batch))
  }

  /// The ROC AUC of a detector on the whole validation split.
  func areaUnderCurve(of detector: NetworkDetector) -> Double {
    detector.areaUnderCurve(
      on: NetworkSamples(of: data.validation, frames: recipe.network.frames))
  }
}
