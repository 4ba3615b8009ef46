import Foundation

/// The command of a run, changed to make everything under another name.
public struct RunRepetition: Sendable {
  /// The run to be repeated.
  public let run: RunSummary
  /// The new command's arguments.
  public let line: [String]
  /// The folder to call it in.
  public let folder: String
  private let workspace: Workspace

  /// Plans the repetition of a run; refused where a source is missing.
  init(of run: RunSummary, in workspace: Workspace) throws(RecordsError) {
    guard !run.arguments.isEmpty else {
      throw .notRepeatable(name: run.name, reason: "its command was not recorded")
    }
    if let parent = run.parent {
      let name = (parent as NSString).lastPathComponent
      throw .notRepeatable(
        name: run.name,
        reason:
          "it is a step of '\(name)'; use 'dflab runs repeat \(name)'")
    }
    guard run.arguments.first != "duel" || run.command == "duel" else {
      throw .notRepeatable(
        name: run.name,
        reason: "it is part of 'dflab \(ShellWord.line(run.arguments))'; repeat that command")
    }
    guard run.state != .running else { throw .runInUse(name: run.name, process: "still running") }
    let gone = run.sources.first { source in
      !source.contains("://") && !FileKind.isThere(RunRepetition.path(of: source, in: workspace))
    }
    if let gone {
      throw .notRepeatable(
        name: run.name,
        reason: "its input '\(gone)' is missing; restore it first")
    }
    (self.run, self.workspace) = (run, workspace)
    var words = run.arguments
    let isNamed = RunRepetition.replace("--workspace", in: &words) { _ in workspace.path }
    // In a copied or moved workspace, the original is not modified.
    let nearest = try? Workspace(above: run.folder)
    let isHere = Workspace.isFolder(run.folder) && (isNamed || (nearest ?? workspace) == workspace)
    folder = isHere ? run.folder : workspace.path
    if run.option == "--out" {
      let path = RunRepetition.path(of: run.places.first ?? run.home, in: workspace)
      let free = RunRepetition.repeated(path: path)
      if !RunRepetition.replace("--out", in: &words, by: { _ in free }) {
        words += ["--out", free]
      }
    } else {
      func repeated(_ name: String) -> String { RunRepetition.repeated(name, in: workspace) }
      if !RunRepetition.replace(run.option, in: &words, by: repeated) {
        words += [run.option, repeated((run.home as NSString).lastPathComponent)]
      }
    }
    line = words
  }

  private static func path(of source: String, in workspace: Workspace) -> String {
    source.hasPrefix("/") ? source : "\(workspace.path)/\(source)"
  }

  /// Replaces the last value of an option, as a separate argument or after an equals sign.
  ///
  /// - Returns: false if the option is not given.
  private static func replace(
    _ option: String, in words: inout [String], by change: (String) -> String
  ) -> Bool {
    if let place = words.lastIndex(of: option), place + 1 < words.count {
      words[place + 1] = change(words[place + 1])
      return true
    }
    guard let place = words.lastIndex(where: { $0.hasPrefix("\(option)=") }) else { return false }
    words[place] = "\(option)=\(change(String(words[place].dropFirst(option.count + 1))))"
    return true
  }

  /// `NAME-repeat`, with a number if that exists.
  private static func repeated(_ name: String, in workspace: Workspace) -> String {
    let free = endings.lazy.map { name + $0 }.first { candidate in
      !Workspace.parts.contains { FileKind.isThere("\(workspace.path)/\($0)/\(candidate)") }
    }
    return free ?? "\(name)-repeat"
  }

  /// The same for a file or folder, keeping its extension.
  private static func repeated(path: String) -> String {
    let (stem, ending) = (
      (path as NSString).deletingPathExtension, (path as NSString).pathExtension
    )
    let rest = ending.isEmpty ? "" : ".\(ending)"
    let free = endings.lazy.map { "\(stem)\($0)\(rest)" }.first { !FileKind.isThere($0) }
    return free ?? "\(stem)-repeat\(rest)"
  }

  private static let endings = ["-repeat"] + (2...999).map { "-repeat-\($0)" }

  /// Compares the outputs of the new command with the run's.
  public func outcome() throws -> RepetitionOutcome {
    let runs = try Registry(workspace: workspace.path).runs()
    // Its steps have the same arguments.
    let repetition = runs.first {
      $0.arguments == line && $0.home != run.home && $0.command == run.command && $0.parent == nil
    }
    guard let repetition else {
      throw RecordsError.notRepeatable(name: run.name, reason: "the new run was not recorded")
    }
    return try RepetitionOutcome(run, repetition, in: workspace, among: runs)
  }
}

extension Registry {
  /// The command that repeats a run.
  public func repetition(of name: String) throws(RecordsError) -> RunRepetition {
    try RunRepetition(of: try run(named: name), in: workspace)
  }
}
