import Foundation

/// An estimate of a duel's time on two cores, and the scaling of its steps to a given time.
///
/// The estimate depends only on the recipe, not on the clock: equal minutes give equal steps, and
/// therefore equal bits.
struct DuelBudget {
  let recipe: DuelRecipe
  let rounds: Int
  let repetitions: Int

  /// Seconds, measured on two cores of an AMD EPYC (Zen 5).
  private enum Seconds {
    /// A face of one identity in a training step of a generator.
    static let face = 0.14 / 16
    /// A swap that the detector scores in a step, forward and backward, including the swap of the
    /// initial weights for the fidelity loss.
    static let swap = 0.032
    /// The overhead of training a generator.
    static let run = 4.0
    /// A face in a training step of a detector.
    static let example = 1.0 / 57
    /// A sample of a labeled dataset: created, blended and scored.
    static let picture = 0.03
  }

  /// The minimum number of steps of a generator and of a detector in a round.
  static let fewest = 20

  /// The approximate time of the recipe in minutes.
  var minutes: Double { (trainings + others) / 60 }

  /// The approximate time of the minimum number of steps in minutes.
  var fewestMinutes: Double {
    let least = min(
      1,
      Double(DuelBudget.fewest)
        / Double(
          min(recipe.generator.steps, recipe.generator.laterSteps, recipe.detector.steps)))
    return (trainings * least + others) / 60
  }

  /// The recipe with its steps scaled, up or down, to `minutes`.
  func fitted(to minutes: Double) throws -> DuelRecipe {
    let (needed, free) = (fewestMinutes, minutes * 60 - others)
    guard minutes >= needed else {
      throw WorkflowError.tooFewMinutes(asked: minutes, needed: (needed * 10).rounded(.up) / 10)
    }
    var fitted = recipe
    func scaled(_ steps: Int) -> Int {
      Int(max(1, min(1_000_000, Double(steps) * free / trainings)))
    }
    fitted.generator.steps = scaled(recipe.generator.steps)
    fitted.generator.laterSteps = scaled(recipe.generator.laterSteps)
    fitted.detector.steps = scaled(recipe.detector.steps)
    return fitted
  }

  /// Seconds of all training steps.
  private var trainings: Double {
    let generator = recipe.generator
    let plain = Double(2 * generator.batch) * Seconds.face / 2
    let opposed = plain + Double(2 * generator.adversaryBatch) * Seconds.swap
    let (pairs, tests) = (Double(recipe.pairs.count), Double(recipe.pairs.test))
    let first = pairs * Double(generator.steps(in: 1)) * plain
    let later = Double(generator.steps(in: 2)) * (pairs * opposed + tests * plain)
    let detectors =
      Double((rounds + 1) * recipe.detector.steps * recipe.detector.batch) * Seconds.example
    return Double(repetitions) * (first + Double(rounds - 1) * later + detectors)
  }

  /// Seconds of everything else.
  private var others: Double {
    let runs = rounds * recipe.pairs.count + (rounds - 1) * recipe.pairs.test
    let sizes = recipe.samples.training + recipe.samples.validation + 3 * recipe.samples.test
    let pictures = (rounds + 1) * sizes
    return Double(repetitions) * (Double(runs) * Seconds.run + Double(pictures) * Seconds.picture)
  }
}
