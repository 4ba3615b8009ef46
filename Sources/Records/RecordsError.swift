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
  /// A recipe is invalid; `manual` lists the keys.
  case badRecipe(path: String, reason: String, manual: String)
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
  /// Certificates or their key cannot be used.
  case brokenCertificates(path: String, reason: String)
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
      "Cannot use registry '\(path)': \(reason). Rebuild it with 'dflab lab reindex'."
    case .brokenKey(let path, let reason):
      "Cannot use key '\(path)': \(reason). Restore it from a backup, or move both halves of the key "
        + "away to create a new one (existing ledgers stay signed with the old key)."
    case .brokenCertificates(let path, let reason):
      "Cannot sign Content Credentials with '\(path)': \(reason). Give a chain and its key with "
        + "'dflab key replace'."
    case .lockedRegistry(let path):
      "Registry '\(path)' is locked by another process. When that has ended, run "
        + "'dflab lab reindex' to add what is missing."
    case .newerRegistry(let path):
      "Registry '\(path)' was created by a newer version of dflab. Use that version in this "
        + "workspace; results in the folders are not affected."
    case .noRun(let name, let known):
      "No such run: '\(name)'"
        + (known.nearest(to: name).map { ". Did you mean '\($0)'?" } ?? ".")
        + " List all runs with 'dflab runs list'."
    case .runNeeded(let name, let by):
      "\(by.quotedNames) \(by.count == 1 ? "depends" : "depend") on '\(name)'. "
        + "Remove \(by.count == 1 ? "it" : "them") first, or use --force."
    case .notRepeatable(let name, let reason):
      "Cannot repeat run '\(name)': \(reason)."
    case .nothingToVerify(let name):
      "No such file or run: '\(name)'. List all runs with 'dflab runs list'."
    case .noReport(nil, _):
      "No run or dataset in this workspace has a report yet. Start with 'dflab extract' or "
        + "'dflab swap'."
    case .noReport(let name?, let nearest):
      "No run or dataset '\(name)' in Labs or Datasets."
        + (nearest.map { " Did you mean '\($0)'?" } ?? "")
    case .nothingToReport(let name, let reason):
      "No report for '\(name)': \(reason)."
    case .runInTheWay(let name, let command):
      "'Labs/\(name)' belongs to a run of 'dflab \(command)'. Choose another --name."
    case .noWorkspace(let start):
      "No workspace at or above '\(start)'. Create one with 'dflab init', or give one with "
        + "--workspace."
    case .notAWorkspace(let path, let missing):
      "'\(path)' is not a workspace: it has no folder \(missing). Create one with "
        + "'dflab init \(path)'."
    case .badRunName(let name, let reason):
      "Invalid name '\(name)': \(reason). "
        + "Use letters, digits, '-', '_' and '.', such as alice-bob."
    case .runInUse(let name, let process):
      "Run '\(name)' is in use by another process (\(process)). "
        + "Wait until it ends, or start a new run with --name NEW."
    case .differentSetting(let run, let setting, let has, let asked):
      "Run '\(run)' has \(setting) \(has), not \(asked). "
        + "Omit the option to resume the run, or start a new one with --name NEW."
    case .noModel(let name, let path):
      "No such model '\(name)': '\(path)' is missing. "
        + "Give a run trained in this workspace, or another --workspace."
    case .badRecipe(let path, let reason, let manual):
      "Invalid recipe\(path.isEmpty ? "" : " '\(path)'"): \(reason). See \(manual)."
    case .unreadable(let path, let reason):
      "Cannot read '\(path)': \(reason). Restore the file, or move it away."
    case .unwritable(let path, let reason):
      "Cannot write '\(path)': \(reason). Everything saved so far is kept. "
        + "Make it writable, or use another path."
    case .folderInUse(let path, let process):
      "'\(path)' is in use by another process (\(process)). Wait until it ends, or use another path."
    case .noLabeledSet(let name, let known):
      "No such labeled dataset: '\(name)'\(known.isEmpty ? "" : ". Known datasets: \(known.joined(separator: ", "))"). "
        + "Create one with 'dflab augment', or give a folder."
    case .labeledSetsOfDuels(let example):
      "All labeled datasets belong to a duel. Give one, such as '\(example)', or create another "
        + "with 'dflab augment'."
    }
  }
}
