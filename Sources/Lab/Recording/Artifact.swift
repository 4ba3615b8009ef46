import Foundation

/// A file that a run has made, and what it was made from.
struct Artifact {
  /// Something that a file was made from.
  enum Origin: Hashable {
    /// A file, which is hashed when it is noted; one that is not there is left out.
    case file(String)
    /// What is known by its SHA-256.
    case hash(String)
  }

  /// Where it is.
  let path: String
  /// Its SHA-256; nil to read the file.
  var hash: String?
  /// The method that made it, in words; nil for the command alone.
  var making: String?
  /// What it was made from.
  var origins: [Origin] = []
  /// The model that made it.
  var model: Origin?

  init(
    _ path: String, hash: String? = nil, making: String? = nil, from origins: [Origin] = [],
    model: Origin? = nil
  ) {
    (self.path, self.hash, self.making) = (path, hash, making)
    (self.origins, self.model) = (origins, model)
  }

  /// All files below a folder, in order; records of runs and hidden files left out.
  static func all(below folder: String) throws -> [Artifact] {
    guard Workspace.isFolder(folder) else { return [] }
    return try FileManager.default.subpathsOfDirectory(atPath: folder).sorted().filter { name in
      let parts = name.split(separator: "/")
      return !parts.contains { $0.hasPrefix(".") } && ![RunRecord.name, Ledger.name].contains(name)
        && !Workspace.isFolder("\(folder)/\(name)")
    }.map { Artifact("\(folder)/\($0)") }
  }
}
