import Foundation

/// A file that a run has made, and what it was made from.
public struct Artifact {
  /// Something that a file was made from.
  public enum Origin: Hashable {
    /// A file, which is hashed when it is noted; one that is not there is left out.
    case file(String)
    /// What is known by its SHA-256.
    case hash(String)
  }

  /// Where it is.
  public let path: String
  /// Its SHA-256; nil to read the file.
  public var hash: String?
  /// The method that made it, in words; nil for the command alone.
  public var making: String?
  /// What it was made from.
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

  /// All files below a folder, in order; records of runs and hidden files left out.
  public static func all(below folder: String) throws -> [Artifact] {
    guard Workspace.isFolder(folder) else { return [] }
    return try FileManager.default.subpathsOfDirectory(atPath: folder).sorted().filter { name in
      let parts = name.split(separator: "/")
      return !parts.contains { $0.hasPrefix(".") } && ![RunRecord.name, Ledger.name].contains(name)
        && !Workspace.isFolder("\(folder)/\(name)")
    }.map { Artifact("\(folder)/\($0)") }
  }
}
