import Foundation

/// A request for a duel; nil values are those of the duel to resume, or the defaults.
public struct DuelRequest: Equatable, Sendable {
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

  /// The valid numbers of rounds and repetitions.
  public static let roundCounts = 2...50
  public static let repetitionCounts = 1...50
}
