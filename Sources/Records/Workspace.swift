import Foundation

/// The folder that holds `Datasets`, `Checkpoints` and `Labs`.
public struct Workspace: Equatable, Sendable {
  /// The folders that make up a workspace.
  public static let parts = ["Datasets", "Checkpoints", "Labs"]

  /// The absolute path, without a trailing slash.
  public let path: String

  /// The workspace at `path`.
  public init(at path: String) throws(RecordsError) {
    let path = Workspace.absolute(path)
    if let missing = Workspace.missing(in: path) {
      throw .notAWorkspace(path: path, missing: missing)
    }
    self.path = path
  }

  /// The given workspace, or the nearest one upwards from the current folder.
  public init(named path: String?) throws(RecordsError) {
    if let path { try self.init(at: path) } else { try self.init(above: ".") }
  }

  /// The nearest workspace upwards from `start`.
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

  /// The workspace of an output: the given one, the one that contains the output, or the nearest
  /// one upwards from the current folder; nil for none.
  public static func of(_ result: String, named path: String? = nil) -> Workspace? {
    if let path { return try? Workspace(at: path) }
    return (try? Workspace(above: result)) ?? (try? Workspace(above: "."))
  }

  /// The run's folder of checkpoints.
  public func checkpoints(of run: String) -> String { "\(path)/Checkpoints/\(run)" }

  /// The run's folder of results.
  public func lab(of run: String) -> String { "\(path)/Labs/\(run)" }

  /// The dataset's folder.
  public func datasets(of name: String) -> String { "\(path)/Datasets/\(name)" }

  /// The folder of synthesis recipes.
  public var recipes: String { "\(path)/Datasets/recipes" }

  private static func missing(in folder: String) -> String? {
    parts.first { !isFolder("\(folder)/\($0)") }
  }

  /// True if `path` is a folder, or a link to one.
  public static func isFolder(_ path: String) -> Bool {
    let values = try? URL(filePath: absolute(path)).resourceValues(forKeys: [.isDirectoryKey])
    return values?.isDirectory ?? false
  }

  /// `path` from the root, with links and dots resolved.
  public static func absolute(_ path: String) -> String {
    URL(filePath: path).standardizedFileURL.resolvingSymlinksInPath().path
  }
}
