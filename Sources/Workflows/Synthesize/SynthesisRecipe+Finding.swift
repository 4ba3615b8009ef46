import Foundation
public import Records

extension SynthesisRecipe {
  /// The recipe with a name or path.
  ///
  /// A path contains a slash or ends in `.json`. A name is looked up in the workspace's
  /// `Datasets/recipes`, then among the built-in ones.
  public init(named name: String, in workspace: Workspace?) throws {
    if name.contains("/") || name.hasSuffix(".json") {
      self = try SynthesisRecipe(reading: name)
    } else if let path = workspace.map({ "\($0.recipes)/\(name).json" }),
      FileManager.default.fileExists(atPath: path)
    {
      self = try SynthesisRecipe(reading: path)
    } else if let text = SynthesisRecipe.builtIn[name] {
      self = try SynthesisRecipe(json: Data(text.utf8), path: name)
    } else {
      throw WorkflowError.unknownRecipe(name: name, known: SynthesisRecipe.names(in: workspace))
    }
  }

  /// The available names.
  private static func names(in workspace: Workspace?) -> [String] {
    let files = workspace.flatMap {
      try? FileManager.default.contentsOfDirectory(atPath: $0.recipes)
    }
    let names = (files ?? []).filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }
    return Set(names + builtIn.keys).sorted()
  }

  /// The built-in recipes, available without a workspace.
  ///
  /// They are identical to those of `Datasets/recipes`, which a test verifies.
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
