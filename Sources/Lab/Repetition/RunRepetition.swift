import Foundation

/// The command of a run, so changed that it makes everything anew under another name.
public struct RunRepetition: Sendable {
  /// The run that is made again.
  public let run: RunSummary
  /// The words of the new command.
  public let line: [String]
  /// The folder to call it in.
  public let folder: String
  private let workspace: Workspace

  /// Plans the repetition of a run.
  init(of run: RunSummary, in workspace: Workspace) throws(LabError) {
    guard !run.arguments.isEmpty else {
      throw .notRepeatable(name: run.name, reason: "no record tells its command")
    }
    guard run.state != .running else { throw .runInUse(name: run.name, process: "still at work") }
    (self.run, self.workspace) = (run, workspace)
    folder = Workspace.isFolder(run.folder) ? run.folder : workspace.path
    line = RunRepetition.renamed(run, in: workspace)
  }

  /// The words with another name in the place of the run's own.
  private static func renamed(_ run: RunSummary, in workspace: Workspace) -> [String] {
    var words = run.arguments
    let option = run.option
    let isPath = option == "--out"
    let usual =
      isPath ? "\(workspace.path)/\(run.home)" : (run.home as NSString).lastPathComponent
    if let place = words.lastIndex(of: option), place + 1 < words.count {
      words[place + 1] = again(words[place + 1], isPath, run.folder, workspace)
    } else if let place = words.lastIndex(where: { $0.hasPrefix("\(option)=") }) {
      let old = String(words[place].dropFirst(option.count + 1))
      words[place] = "\(option)=\(again(old, isPath, run.folder, workspace))"
    } else {
      words += [option, again(usual, isPath, run.folder, workspace)]
    }
    return words
  }

  /// `NAME-again`, or with a number where that is taken.
  private static func again(
    _ name: String, _ isPath: Bool, _ folder: String, _ workspace: Workspace
  ) -> String {
    let name = name.hasSuffix("/") ? String(name.dropLast()) : name
    let ending = isPath ? (name as NSString).pathExtension : ""
    let stem = ending.isEmpty ? name : String(name.dropLast(ending.count + 1))
    let candidates = (1...999).map { number in
      "\(stem)-again\(number == 1 ? "" : "-\(number)")" + (ending.isEmpty ? "" : ".\(ending)")
    }
    let free = candidates.first { candidate in
      let places =
        isPath
        ? [candidate.hasPrefix("/") ? candidate : "\(folder)/\(candidate)"]
        : Workspace.parts.map { "\(workspace.path)/\($0)/\(candidate)" }
      return !places.contains(where: FileKind.isThere)
    }
    return free ?? candidates[0]
  }

  /// Compares what the new command has made with what the run had.
  public func outcome() throws -> RepetitionOutcome {
    let runs = try Registry(workspace: workspace.path).runs()
    guard let again = runs.first(where: { $0.arguments == line && $0.home != run.home }) else {
      throw LabError.notRepeatable(name: run.name, reason: "the new run left no record")
    }
    return try RepetitionOutcome(run, again, in: workspace)
  }
}

extension Registry {
  /// The command that makes a run again.
  public func repetition(of name: String) throws(LabError) -> RunRepetition {
    try RunRepetition(of: try run(named: name), in: workspace)
  }
}
