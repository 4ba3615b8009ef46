import Detection
import Faces

/// What the files and folders of a repetition of a duel are called.
struct DuelNames {
  /// The duel's name; empty for names within the duel.
  let duel: String
  /// Which repetition, from 0.
  let repetition: Int

  private var prefix: String { duel.isEmpty ? "s\(repetition + 1)" : "\(duel)-s\(repetition + 1)" }

  /// A pair's swap model, a run of its own.
  func model(_ generator: DuelGenerator, _ pair: DuelPair) -> String {
    "\(prefix)-\(generator.name)-\(pair.name)"
  }

  /// The labeled set of one split.
  func part(_ generator: DuelGenerator, _ split: Split) -> String {
    "\(prefix)-\(generator.name)-\(split.rawValue)"
  }

  /// The labeled set that a detector learns from, and the run that it learns in.
  func set(_ detector: DuelDetector) -> String { "\(prefix)-\(detector.name)" }

  /// The model that learns from that set.
  func model(_ detector: DuelDetector, _ recipe: DuelRecipe) -> String {
    "\(set(detector))-\(recipe.detector.network.rawValue)"
  }
}
