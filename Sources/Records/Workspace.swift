import Foundation

/// The folder that holds `Datasets`, `Checkpoints` and `Labs`.
public struct Workspace: Equatable, Sendable {
  /// The folders that make a workspace.
  public static let parts = ["Datasets", "Checkpoints", "Labs"]

  /// The absolute path, without a slash at the end.
  public let path: String

  /// The workspace at `path`.
  public init(at path: String) throws(RecordsError) {
    let path = Workspace.absolute(path)
    if let missing = Workspace.missing(in: path) {
      throw .notAWorkspace(path: path, missing: missing)
    }
    self.path = path
  }

  /// The workspace that the user named, or the nearest one from the current folder upwards.
  public init(named path: String?) throws(RecordsError) {
    if let path { try self.init(at: path) } else { try self.init(above: ".") }
  }

  /// The nearest workspace from `start` upwards.
  ///
  /// - Parameter start: a folder; `.` is the current one.
  public init(above start: String) throws(RecordsError) {
    let start = Workspace.absolute(start)
    var folder = start
    while Workspace.missing(in: folder) != nil {
      guard folder != "/" else { throw .noWorkspace(start: start) }
      folder = URL(filePath: folder).deletingLastPathComponent().path
    }
    path = folder
  }

  /// The workspace that a result belongs to: the one that is named, the one that the result lies in,
  /// or the nearest one from the current folder upwards; nil without any.
  public static func of(_ result: String, named path: String? = nil) -> Workspace? {
    if let path { return try? Workspace(at: path) }
    return (try? Workspace(above: result)) ?? (try? Workspace(above: "."))
  }

  /// The folder of models that bears the run's name.
  public func checkpoints(of run: String) -> String { "\(path)/Checkpoints/\(run)" }

  /// The folder of results that bears the run's name.
  public func lab(of run: String) -> String { "\(path)/Labs/\(run)" }

  /// The folder of data sets that bears the name.
  public func datasets(of name: String) -> String { "\(path)/Datasets/\(name)" }

  /// The folder of recipes of synthetic people.
  public var recipes: String { "\(path)/Datasets/recipes" }

  private static func missing(in folder: String) -> String? {
    parts.first { !isFolder("\(folder)/\($0)") }
  }

  /// True when `path` is a folder, or a link to one.
  public static func isFolder(_ path: String) -> Bool {
    let values = try? URL(filePath: absolute(path)).resourceValues(forKeys: [.isDirectoryKey])
    return values?.isDirectory ?? false
  }

  /// `path` from the root, links followed, without dots.
  public static func absolute(_ path: String) -> String {
    URL(filePath: path).standardizedFileURL.resolvingSymlinksInPath().path
  }
}
