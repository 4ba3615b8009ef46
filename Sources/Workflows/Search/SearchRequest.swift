public import Records

/// A request for a hyperparameter search.
public struct SearchRequest: RunRequest {
  /// The JSON file with what is searched.
  public var recipe = ""
  /// The name of the run; nil for a name derived from the recipe's file.
  public var name: String?
  /// The workspace; nil for the nearest one at or above the current folder.
  public var workspace: String?

  /// A search without a recipe, which must be given.
  public init() {}

  /// A search by a recipe.
  public init(recipe: String) { self.recipe = recipe }
}

extension SearchRequest {
  public static let command = "search"

  public static let options: [RequestOption<SearchRequest>] = [
    RequestOption(
      "recipe", \.recipe,
      "JSON file with parameters, ranges, phases and budgets; see Labs/README.md",
      form: .argument, kind: .file(["json"]), isRequired: true),
    RequestOption("name", \.name, "Name of the run (default: that of the recipe's file)"),
    .workspace(\.workspace),
  ]
}
