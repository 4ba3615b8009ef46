import Foundation
public import Records

extension Recipe {
  /// The recipe that a name or a path leads to.
  ///
  /// A path holds a slash or ends in `.json`. A name is looked for in the workspace's
  /// `Datasets/recipes`, then among those that the program brings along.
  public init(named name: String, in workspace: Workspace?) throws {
    if name.contains("/") || name.hasSuffix(".json") {
      self = try Recipe(reading: name)
    } else if let path = workspace.map({ "\($0.recipes)/\(name).json" }),
      FileManager.default.fileExists(atPath: path)
    {
      self = try Recipe(reading: path)
    } else if let text = Recipe.builtIn[name] {
      self = try Recipe(json: Data(text.utf8), path: name)
    } else {
      throw WorkflowError.unknownRecipe(name: name, known: Recipe.names(in: workspace))
    }
  }

  private init(reading path: String) throws {
    guard let data = try RunFolder.contents(of: path) else {
      throw WorkflowError.badRecipe(path: path, reason: "no such file")
    }
    self = try Recipe(json: data, path: path)
  }

  /// The names that can be asked for.
  private static func names(in workspace: Workspace?) -> [String] {
    let files = workspace.flatMap {
      try? FileManager.default.contentsOfDirectory(atPath: $0.recipes)
    }
    let names = (files ?? []).filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }
    return Set(names + builtIn.keys).sorted()
  }

  /// The recipes that an installed program knows without a workspace.
  ///
  /// They are those of `Datasets/recipes`, word for word: a test compares them.
  static let builtIn = [
    "demo": """
    {
      "about": "Two people for 'make demo': one minute of rendering, enough to train a swap model.",
      "people": 2,
      "count": 400,
      "seed": 7,
      "yaw": 25,
      "pitch": 10,
      "roll": 7
    }

    """
  ]
}
