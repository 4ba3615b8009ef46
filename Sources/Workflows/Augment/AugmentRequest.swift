public import Faces

/// A request for a labeled dataset; nil values are defaults.
public struct AugmentRequest: Equatable, Sendable {
  /// The dataset's name.
  public var name = "augmented"
  /// Face sets, or folders of face sets; empty for all of the workspace.
  public var faces: [String] = []
  /// Names of swap models; nil for all of the workspace.
  public var models: [String]?
  /// A recipe file; nil for the default mixture.
  public var recipe: String?
  /// The mixture itself, for workflows that make sets of their own; it takes precedence over a file.
  var mixture: AugmentRecipe?
  /// The number of samples.
  public var count = 4000
  /// The share of each split.
  public var shares = SplitRatios.usual
  /// Fakes per real sample.
  public var fakeRatio = 1.0
  /// The random seed.
  public var seed: UInt64 = 1
  /// Pixels along a side of a picture.
  public var size = 256
  /// Whether to train shortcut baselines on the result.
  public var isAudited = true
  /// Whether to replace an existing dataset.
  public var isForced = false
  /// The workspace folder; nil for the nearest one upwards from the current folder.
  public var workspace: String?

  /// A dataset from everything in the workspace.
  public init() {}

  /// The range of dataset sizes.
  public static let counts = 2...500_000
  /// The range of picture sizes.
  public static let sizes = 64...256
  /// The range of fakes per real sample.
  public static let fakeRatios = 0.1...10
}

/// The settings that determine every byte of a labeled dataset, as stored in `augment.json`.
struct AugmentSettings: Codable, Equatable {
  var count: Int
  var split: SplitRatios
  var fakeRatio: Double
  var seed: UInt64
  var size: Int
  var recipe: AugmentRecipe
  /// The fingerprints of the face sets, by name.
  var faces: [String: String]
  /// The hashes of the swap models, by name.
  var models: [String: String]

  /// The reason why a dataset with these settings cannot be resumed with others; nil if it can.
  ///
  /// A larger number of samples leaves existing ones unchanged.
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
