/// What can go wrong in the lab for reasons outside the program.
public enum LabError: Error, Equatable, CustomStringConvertible {
  /// No folder from the current one upwards is a workspace.
  case noWorkspace(start: String)
  /// The named folder is no workspace.
  case notAWorkspace(path: String, missing: String)
  /// A run cannot have this name.
  case badRunName(name: String, reason: String)
  /// Another process works in the run.
  case runInUse(name: String, process: String)
  /// The run was started with another setting.
  case differentSetting(run: String, setting: String, has: String, asked: String)
  /// The pictures of one side are not those that the run was started with.
  case differentFaces(run: String, side: String, reason: String)
  /// A file of the run cannot be read.
  case unreadable(path: String, reason: String)
  /// A file or folder of the run cannot be written.
  case unwritable(path: String, reason: String)
  /// There are no trained weights of this name.
  case noModel(name: String, folder: String)
  /// The face that shall be swapped is nowhere in the input.
  case noFace(path: String)
  /// The result would take the input's place.
  case sameFile(path: String)
  /// A folder that this program did not make is in the way.
  case foreignFolder(path: String)

  /// What, why, and what next, in one sentence for the user or two.
  public var description: String {
    switch self {
    case .noWorkspace(let start):
      "No workspace was found from '\(start)' upwards. "
        + "Make one with 'mkdir Datasets Checkpoints Labs', or name one with --workspace."
    case .notAWorkspace(let path, let missing):
      "'\(path)' is no workspace: it holds no folder \(missing). "
        + "Make one there with 'mkdir Datasets Checkpoints Labs'."
    case .badRunName(let name, let reason):
      "A run cannot be called '\(name)': \(reason). "
        + "Use letters, digits, '-', '_' and '.', such as --name alice-bob."
    case .runInUse(let name, let process):
      "The run '\(name)' is being worked on by another process (\(process)). "
        + "Wait until it has ended, or start another run with --name NEW."
    case .differentSetting(let run, let setting, let has, let asked):
      "The run '\(run)' has \(setting) \(has), not \(asked). "
        + "Leave the option away to continue it, or start another run with --name NEW."
    case .differentFaces(let run, let side, let reason):
      "The run '\(run)' was started with other pictures of \(side): \(reason). "
        + "Start another run with --name NEW."
    case .unreadable(let path, let reason):
      "'\(path)' cannot be read: \(reason). "
        + "Start another run with --name NEW, or move the file away."
    case .unwritable(let path, let reason):
      "'\(path)' cannot be written: \(reason). Everything saved before is kept; "
        + "make it writable, or name another workspace with --workspace."
    case .noModel(let name, let folder):
      "There is no trained model '\(name)': '\(folder)' holds no weights. "
        + "Train one with 'dflab swap --name \(name)', or name a file of weights."
    case .noFace(let path):
      "No such face was found in '\(path)', so nothing was written. "
        + "Choose another input, or other faces with --face or --like."
    case .sameFile(let path):
      "'\(path)' is the input itself. Name another output."
    case .foreignFolder(let path):
      "'\(path)' is in the way: pieces of the video would go there, and it holds something else. "
        + "Move it away, or name another output."
    }
  }
}
