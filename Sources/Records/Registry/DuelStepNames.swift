/// Which models and sets of a workspace are steps of its duels, not results of their own.
public struct DuelStepNames {
  private let duels: [String]

  public init(in workspace: Workspace) throws(RecordsError) {
    duels = try RunFolder.names(in: "\(workspace.path)/Labs").filter {
      FileKind.isThere(RunFolder(name: $0, in: workspace).duel)
    }
  }

  /// The duel that created a model or dataset; nil if it is not part of a duel.
  public func duel(of name: String) -> String? {
    duels.first { DuelStepNames.isPart(name, of: $0) }
  }

  /// True for a name that a repetition of a duel gives: `DUEL-s1-…`.
  static func isPart(_ name: String, of duel: String) -> Bool {
    guard name.hasPrefix("\(duel)-s") else { return false }
    let rest = name.dropFirst(duel.count + 2).drop(while: \.isWholeNumber)
    return rest.hasPrefix("-") && !name.hasPrefix("\(duel)-s-")
  }
}

extension RunFolder {
  /// The file with a duel's settings and progress.
  public var duel: String { "\(lab)/duel.json" }
}
