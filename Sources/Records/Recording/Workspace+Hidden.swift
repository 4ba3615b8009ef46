import Foundation

extension Workspace {
  /// A path relative to the workspace, as used in ledgers and the registry; outside paths and URLs
  /// are unchanged.
  public func relative(_ path: String) -> String {
    guard !path.contains("://") else { return path }
    let absolute = Workspace.absolute(path)
    return absolute.hasPrefix(self.path + "/")
      ? String(absolute.dropFirst(self.path.count + 1)) : absolute
  }

  /// The folder of the key and the registry.
  var hidden: String { "\(path)/.dflab" }
}
