import Foundation

/// A file that a run made, with its origins.
public struct Artifact {
  /// An origin of a file.
  public enum Origin: Hashable {
    /// A file, hashed when it is recorded; a missing one is skipped.
    case file(String)
    /// A file by its SHA-256.
    case hash(String)
  }

  /// The path.
  public let path: String
  /// Its SHA-256; nil to compute it.
  public var hash: String?
  /// The method that made it; nil for the command alone.
  public var making: String?
  /// The files it was made from.
  public var origins: [Origin] = []
  /// The model that made it.
  public var model: Origin?

  public init(
    _ path: String, hash: String? = nil, making: String? = nil, from origins: [Origin] = [],
    model: Origin? = nil
  ) {
    (self.path, self.hash, self.making) = (path, hash, making)
    (self.origins, self.model) = (origins, model)
  }

  /// All files below a folder, sorted, without run records and hidden files.
  public static func all(below folder: String) throws -> [Artifact] {
    guard Workspace.isFolder(folder) else { return [] }
    return try FileManager.default.subpathsOfDirectory(atPath: folder).sorted().filter { name in
      let parts = name.split(separator: "/")
      return !parts.contains { $0.hasPrefix(".") } && ![RunRecord.name, Ledger.name].contains(name)
        && !Workspace.isFolder("\(folder)/\(name)")
    }.map { Artifact("\(folder)/\($0)") }
  }
}
