/// Which models and sets of a workspace are steps of its duels, not results of their own.
struct DuelStepNames {
  private let duels: [String]

  init(in workspace: Workspace) throws(LabError) {
    duels = try RunFolder.names(in: "\(workspace.path)/Labs").filter {
      FileKind.isThere(RunFolder(name: $0, in: workspace).duel)
    }
  }

  /// The duel that has made the model or the set of a name; nil for one that stands for itself.
  func duel(of name: String) -> String? { duels.first { DuelNames.isPart(name, of: $0) } }
}
