import Foundation

/// What a duel takes, by the speed of two cores, and how it is fitted into minutes.
///
/// The estimate follows from the recipe alone, never from the clock: the same minutes give the same
/// steps, and so the same bits.
struct DuelBudget {
  let recipe: DuelRecipe
  let rounds: Int
  let repetitions: Int

  /// Seconds as they were measured on two cores of an AMD EPYC (Zen 5).
  private enum Seconds {
    /// A face of one side in a step of a generator.
    static let face = 0.14 / 16
    /// A swap that the detector is shown in a step: made, placed, judged, and all of it back; and made
    /// once more by the weights that it is held to.
    static let swap = 0.032
    /// A generator's run beside its steps.
    static let run = 4.0
    /// A face in a step of a detector's training.
    static let example = 1.0 / 57
    /// A picture of a labeled set that is made, joined and scored.
    static let picture = 0.03
  }

  /// The fewest steps of a generator and of a detector that are worth a round.
  static let fewest = 20

  /// Minutes that the recipe takes, about.
  var minutes: Double { (trainings + others) / 60 }

  /// Minutes that the smallest budget of steps takes, about.
  var fewestMinutes: Double {
    let least = min(
      1,
      Double(DuelBudget.fewest)
        / Double(
          min(recipe.generator.steps, recipe.generator.laterSteps, recipe.detector.steps)))
    return (trainings * least + others) / 60
  }

  /// The recipe with as many steps as fit into `minutes`; fewer and more than it says.
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

  /// Seconds of all steps.
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

  /// Seconds of everything beside steps.
  private var others: Double {
    let runs = rounds * recipe.pairs.count + (rounds - 1) * recipe.pairs.test
    let sizes = recipe.set.training + recipe.set.validation + 3 * recipe.set.test
    let pictures = (rounds + 1) * sizes
    return Double(repetitions) * (Double(runs) * Seconds.run + Double(pictures) * Seconds.picture)
  }
}
