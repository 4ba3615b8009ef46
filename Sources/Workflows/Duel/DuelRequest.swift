public import Records

/// A request for a duel; nil values are those of the duel to resume, or the defaults.
public struct DuelRequest: RunRequest {
  /// The name of the duel.
  public var name = "duel"
  /// The face sets of identity A (and B) of each pair; empty for synthetic people of the workspace.
  public var a: [String] = []
  public var b: [String] = []
  /// A JSON file with the size of each step.
  public var recipe: String?
  /// The number of rounds.
  public var rounds: Int?
  /// The number of repetitions, each with another random seed and, if synthetic, other identities.
  public var repetitions: Int?
  /// The random seed.
  public var seed: UInt64?
  /// The fraction of each earlier round's samples that detectors are trained on again, 0…1.
  public var replay: Double?
  /// A labeled dataset of fakes from elsewhere.
  public var external: String?
  /// The time in minutes that the steps are scaled to; nil for the recipe's steps.
  public var minutes: Double?
  /// The workspace; nil for the nearest one at or above the current folder.
  public var workspace: String?

  /// Resumes a duel unchanged, or starts one with the defaults.
  public init() {}

  /// The defaults.
  public static let usual = (rounds: 4, repetitions: 1, seed: UInt64(1), replay: 0.5)
}

extension DuelRequest {
  public static let command = "duel"

  public static let options: [RequestOption<DuelRequest>] = [
    RequestOption(
      "a", \.a, "Face sets of the A identities, one per pair", form: .list, kind: .folder),
    RequestOption(
      "b", \.b, "Face sets of the B identities, one per pair", form: .list, kind: .folder),
    RequestOption(
      "recipe", \.recipe,
      "JSON file with training budgets and dataset sizes; see Labs/README.md",
      kind: .file(["json"])),
    RequestOption(
      "rounds", \.rounds, "Number of rounds, 2 to 50 (default: \(usual.rounds))", .within(2...50)),
    RequestOption(
      "repetitions", \.repetitions,
      """
      Number of repetitions, each with other identities (or another split of the given pairs) and \
      another random seed (default: \(usual.repetitions))
      """, .within(1...50)),
    RequestOption("seed", \.seed, "Random seed (default: \(usual.seed))"),
    RequestOption(
      "replay", \.replay,
      """
      Fraction of each earlier round's samples that detectors are trained on again, 0 to 1 \
      (default: \(usual.replay))
      """, .within(0...1)),
    RequestOption(
      "external", \.external, "External labeled dataset to test on as well"
    ).path { $0.contains("/") },
    RequestOption(
      "minutes", \.minutes, "Scale the recipe's steps to this many minutes on two cores",
      .above(0)),
    RequestOption("name", \.name, "Name of the duel"),
    .workspace(\.workspace),
  ]
}

extension DuelRequest {
  /// The request for a duel with these settings.
  ///
  /// - Parameter recipe: the file of the duel's own recipe, whose steps are scaled.
  init(_ settings: DuelSettings, name: String, recipe: String) {
    (self.name, self.recipe) = (name, recipe)
    (rounds, repetitions) = (settings.rounds, settings.repetitions)
    (seed, replay, external) = (settings.seed, settings.replay, settings.external)
    (a, b) = (settings.namedPairs.map { $0[0] }, settings.namedPairs.map { $0[1] })
  }
}
