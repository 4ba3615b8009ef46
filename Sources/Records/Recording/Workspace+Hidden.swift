import Foundation

extension Workspace {
  /// A path below the workspace, as ledgers and the registry name it; others, from the root, and URLs
  /// stay as they are.
  public func relative(_ path: String) -> String {
    guard !path.contains("://") else { return path }
    let absolute = Workspace.absolute(path)
    return absolute.hasPrefix(self.path + "/")
      ? String(absolute.dropFirst(self.path.count + 1)) : absolute
  }

  /// The folder of the key and the registry.
  var hidden: String { "\(path)/.dflab" }
}
