/// What can go wrong with a workspace and its runs for reasons outside the program.
public enum RecordsError: Error, Equatable, CustomStringConvertible {
  /// There is no workspace in the current folder or above.
  case noWorkspace(start: String)
  /// The given folder is not a workspace.
  case notAWorkspace(path: String, missing: String)
  /// The name is not valid for a run.
  case badRunName(name: String, reason: String)
  /// Another process is working on the run.
  case runInUse(name: String, process: String)
  /// The run was started with another setting.
  case differentSetting(run: String, setting: String, has: String, asked: String)
  /// There is no trained model of this name.
  case noModel(name: String, path: String)
  /// A file of the run cannot be read.
  case unreadable(path: String, reason: String)
  /// A file or folder of the run cannot be written.
  case unwritable(path: String, reason: String)
  /// Another process is working in the folder.
  case folderInUse(path: String, process: String)
  /// There is no labeled dataset of this name.
  case noLabeledSet(name: String, known: [String])
  /// All labeled datasets of the workspace are steps of a duel, and none was named; with an
  /// example.
  case labeledSetsOfDuels(example: String)
  /// The registry cannot be read or written.
  case brokenRegistry(path: String, reason: String)
  /// The signing key cannot be used.
  case brokenKey(path: String, reason: String)
  /// Another process has locked the registry.
  case lockedRegistry(path: String)
  /// The registry was created by a newer version.
  case newerRegistry(path: String)
  /// No run has this name, or several do.
  case noRun(name: String, known: [String])
  /// Other runs depend on a run to be removed.
  case runNeeded(name: String, by: [String])
  /// A run cannot be repeated.
  case notRepeatable(name: String, reason: String)
  /// There is no file or run of this name.
  case nothingToVerify(name: String)
  /// There is no run or dataset of this name; without a name, none with a report.
  case noReport(name: String?, nearest: String?)
  /// A run or dataset has no results to report.
  case nothingToReport(name: String, reason: String)
  /// A report would overwrite another run's results.
  case runInTheWay(name: String, command: String)

  /// What, why, and what next, in one sentence for the user or two.
  public var description: String {
    switch self {
    case .brokenRegistry(let path, let reason):
      "The registry '\(path)' cannot be used: \(reason). It is an index alone; 'dflab lab reindex' "
        + "makes it anew from the folders."
    case .brokenKey(let path, let reason):
      "The key '\(path)' cannot be used: \(reason). Put it back from a copy; or move both halves away "
        + "and a new one is made, other than the one that has signed what there is."
    case .lockedRegistry(let path):
      "The registry '\(path)' is locked by another process. Once it is free, 'dflab lab reindex' "
        + "reads in what it lacks."
    case .newerRegistry(let path):
      "The registry '\(path)' was made by a newer dflab. Use that one in this workspace; results in "
        + "the folders are not affected."
    case .noRun(let name, let known):
      "There is no run '\(name)'"
        + (known.nearest(to: name).map { "; did you mean '\($0)'?" } ?? ".")
        + " 'dflab runs list' shows all."
    case .runNeeded(let name, let by):
      "'\(name)' is needed: \(by.quotedNames) \(by.count == 1 ? "was" : "were") made from it. "
        + "Remove \(by.count == 1 ? "that" : "these") first, or say --force."
    case .notRepeatable(let name, let reason):
      "The run '\(name)' cannot be made again: \(reason)."
    case .nothingToVerify(let name):
      "'\(name)' is neither a file nor a run of this workspace. 'dflab runs list' shows the runs."
    case .noReport(nil, _):
      "No run or set of this workspace has a report yet. Begin with 'dflab extract' or 'dflab swap'."
    case .noReport(let name?, let nearest):
      "There is no run or set '\(name)' in Labs or Datasets."
        + (nearest.map { " Did you mean '\($0)'?" } ?? "")
    case .nothingToReport(let name, let reason):
      "'\(name)' has nothing to report: \(reason)."
    case .runInTheWay(let name, let command):
      "'Labs/\(name)' holds a run of 'dflab \(command)', whose figures would be lost. "
        + "Choose another name with --report-name."
    case .noWorkspace(let start):
      "No workspace was found from '\(start)' upwards. "
        + "Make one with 'dflab init', or name one with --workspace."
    case .notAWorkspace(let path, let missing):
      "'\(path)' is no workspace: it holds no folder \(missing). "
        + "Make one there with 'dflab init \(path)'."
    case .badRunName(let name, let reason):
      "A run cannot be called '\(name)': \(reason). "
        + "Use letters, digits, '-', '_' and '.', such as --name alice-bob."
    case .runInUse(let name, let process):
      "The run '\(name)' is being worked on by another process (\(process)). "
        + "Wait until it has ended, or start another run with --name NEW."
    case .differentSetting(let run, let setting, let has, let asked):
      "The run '\(run)' has \(setting) \(has), not \(asked). "
        + "Leave the option away to continue it, or start another run with --name NEW."
    case .noModel(let name, let path):
      "There is no model '\(name)': '\(path)' is missing. "
        + "Name a run that was trained in this workspace, or another workspace with --workspace."
    case .unreadable(let path, let reason):
      "'\(path)' cannot be read: \(reason). Put a whole one in its place, or move it away."
    case .unwritable(let path, let reason):
      "'\(path)' cannot be written: \(reason). Everything saved before is kept; "
        + "make it writable, or name another place."
    case .folderInUse(let path, let process):
      "Another process (\(process)) writes into '\(path)'. "
        + "Wait until it has ended, or choose another place."
    case .noLabeledSet(let name, let known):
      "There is no labeled set '\(name)'\(known.isEmpty ? "" : "; there are \(known.joined(separator: ", "))"). "
        + "Make one with 'dflab augment', or name a folder."
    case .labeledSetsOfDuels(let example):
      "All labeled sets here are steps of a duel. Name one, such as '\(example)', or make another: "
        + "dflab augment."
    }
  }
}
