public import Faces

/// What the user asks of a labeled set; what is nil is the usual.
public struct AugmentRequest: Equatable, Sendable {
  /// What to call the set.
  public var name = "augmented"
  /// Face sets, or folders that hold some; none for all of the workspace.
  public var faces: [String] = []
  /// Names of swap models; nil for all of the workspace.
  public var models: [String]?
  /// A file with mixture and strengths; nil for the usual ones.
  public var recipe: String?
  /// The mixture itself, for workflows that make sets of their own; it takes precedence over a file.
  var mixture: AugmentRecipe?
  /// How many pictures.
  public var count = 4000
  /// How much each split gets.
  public var shares = SplitRatios.usual
  /// Fakes for each real picture.
  public var fakeRatio = 1.0
  /// What all chance follows from.
  public var seed: UInt64 = 1
  /// Pixels along a side of a picture.
  public var size = 256
  /// Whether classifiers that see no face are tried on the result.
  public var isAudited = true
  /// Whether the set that is there may be replaced.
  public var isForced = false
  /// A folder to take as the workspace; nil to look for it from the current one upwards.
  public var workspace: String?

  /// A set of what the workspace holds.
  public init() {}

  /// How many pictures a set may have.
  public static let counts = 2...500_000
  /// How large pictures may be.
  public static let sizes = 64...256
  /// How many fakes there may be for a real picture.
  public static let fakeRatios = 0.1...10
}

/// What decides every byte of a labeled set, as `augment.json` keeps it.
struct AugmentSettings: Codable, Equatable {
  var count: Int
  var split: SplitRatios
  var fakeRatio: Double
  var seed: UInt64
  var size: Int
  var recipe: AugmentRecipe
  /// The face sets, by name, with what their pictures add up to.
  var faces: [String: String]
  /// The swap models, by name, with what their weights add up to.
  var models: [String: String]

  /// Why a set of these settings cannot go on with others; nil if it can.
  ///
  /// More pictures leave those that there are as they are.
  func difference(to other: AugmentSettings) -> String? {
    func difference<Value: Equatable>(_ what: String, _ value: KeyPath<Self, Value>) -> String? {
      let (has, asked) = (self[keyPath: value], other[keyPath: value])
      return has == asked ? nil : "it was created with \(what) \(has), not \(asked)"
    }
    func change(_ what: String, _ value: KeyPath<Self, [String: String]>) -> String? {
      let (has, asked) = (self[keyPath: value], other[keyPath: value])
      let names = Set(has.keys).union(asked.keys).sorted()
      guard let name = names.first(where: { has[$0] != asked[$0] }) else { return nil }
      if asked[name] == nil {
        return "it was created with the \(what) '\(name)', which is missing"
      }
      if has[name] == nil { return "it was created without the \(what) '\(name)'" }
      return "the \(what) '\(name)' was modified"
    }
    if count > other.count { return "it has \(count) samples, more than \(other.count)" }
    if recipe != other.recipe { return "it was created with another recipe" }
    let differences: [String?] = [
      difference("--split", \.split), difference("--fake-ratio", \.fakeRatio),
      difference("--seed", \.seed),
      difference("--size", \.size), change("face set", \.faces), change("swap model", \.models),
    ]
    return differences.compactMap { $0 }.first
  }
}
