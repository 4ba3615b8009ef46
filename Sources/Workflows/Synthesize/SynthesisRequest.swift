import Records

/// A request to render synthetic people; nil values are the recipe's.
public struct SynthesisRequest: Equatable, Sendable {
  /// A recipe's name or file; nil for the default one.
  public var recipe: String?
  /// The folder for the face sets; nil for `Datasets/NAME` in the workspace.
  public var out: String?
  /// The workspace folder; nil for the nearest one upwards from the current folder.
  public var workspace: String?
  /// Whether existing files may be replaced.
  public var isForced = false

  // Values that override the recipe.
  public var people, count, size: Int?
  public var seed: UInt64?
  public var yaw, pitch, roll: Double?
  public var sequence, masks, depth: Bool?

  /// The default recipe, into the workspace.
  public init() {}

  /// The recipe with overrides.
  func resolved(in workspace: Workspace?) throws -> SynthesisRecipe {
    var wanted =
      try recipe.map { name in try SynthesisRecipe(named: name, in: workspace) }
      ?? SynthesisRecipe()
    wanted.people = people ?? wanted.people
    wanted.count = count ?? wanted.count
    wanted.seed = seed ?? wanted.seed
    wanted.size = size ?? wanted.size
    wanted.sequence = sequence ?? wanted.sequence
    wanted.yaw = yaw ?? wanted.yaw
    wanted.pitch = pitch ?? wanted.pitch
    wanted.roll = roll ?? wanted.roll
    wanted.masks = masks ?? wanted.masks
    wanted.depth = depth ?? wanted.depth
    return wanted
  }

  /// The folder to render into, from the root.
  func folder(in workspace: Workspace?) throws -> String {
    if let out { return Workspace.absolute(out) }
    guard let workspace else { throw RecordsError.noWorkspace(start: Workspace.absolute(".")) }
    let name = recipe.map { ($0.split(separator: "/").last ?? "people").prefix { $0 != "." } }
    return workspace.datasets(of: name.map(String.init) ?? "people")
  }
}
