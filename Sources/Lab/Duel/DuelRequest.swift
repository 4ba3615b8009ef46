import Foundation

/// What the user asks of a duel; what is nil is the usual.
public struct DuelRequest: Equatable, Sendable {
  /// What to call it.
  public var name = "duel"
  /// Folders of the people of each pair; none for synthetic people of the workspace.
  public var a: [String] = []
  public var b: [String] = []
  /// A JSON file that says how large each part is; nil for the usual sizes.
  public var recipe: String?
  /// How often generator and detector answer each other.
  public var rounds = 4
  /// How often the whole duel is played, with other people and other chance.
  public var seeds = 1
  /// What all chance follows from.
  public var seed: UInt64 = 1
  /// The share of each earlier round's pictures that a detector is shown again, 0…1.
  public var memory = 0.5
  /// A labelled set of fakes that nobody here has made; nil for none.
  public var external: String?
  /// Minutes that the steps are fitted to; nil for the recipe's own steps.
  public var minutes: Double?
  /// A folder to take as the workspace; nil to look for it from the current one upwards.
  public var workspace: String?

  /// Four rounds of synthetic people.
  public init() {}

  /// How many rounds and repetitions there may be.
  public static let roundCounts = 2...50
  public static let seedCounts = 1...50

  /// The recipe, with the steps that fit into the minutes.
  func resolvedRecipe() throws(LabError) -> DuelRecipe {
    let whole =
      try recipe.map { path throws(LabError) in try DuelRecipe(reading: path) } ?? DuelRecipe()
    guard let minutes else { return whole }
    return try DuelBudget(recipe: whole, rounds: rounds, seeds: seeds).fitted(to: minutes)
  }
}
