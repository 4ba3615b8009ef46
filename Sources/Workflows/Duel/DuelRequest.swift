import Foundation

/// What the user asks of a duel; what is nil is as the duel has it already, or else as usual.
public struct DuelRequest: Equatable, Sendable {
  /// What to call it.
  public var name = "duel"
  /// Folders of the people of each pair; none for synthetic people of the workspace.
  public var a: [String] = []
  public var b: [String] = []
  /// A JSON file that says how large each part is.
  public var recipe: String?
  /// How often generator and detector answer each other.
  public var rounds: Int?
  /// How often the whole duel is played, with other people, where they are synthetic, and other chance.
  public var repetitions: Int?
  /// What all chance follows from.
  public var seed: UInt64?
  /// The share of each earlier round's pictures that a detector is shown again, 0…1.
  public var replay: Double?
  /// A labeled set of fakes that nobody here has made.
  public var external: String?
  /// Minutes that the steps are fitted to; the recipe's own steps as usual.
  public var minutes: Double?
  /// A folder to take as the workspace; nil to look for it from the current one upwards.
  public var workspace: String?

  /// Four rounds of synthetic people, or what goes on with a duel as it is.
  public init() {}

  /// What is usual.
  public static let usual = (rounds: 4, repetitions: 1, seed: UInt64(1), replay: 0.5)

  /// How many rounds and repetitions there may be.
  public static let roundCounts = 2...50
  public static let repetitionCounts = 1...50
}
