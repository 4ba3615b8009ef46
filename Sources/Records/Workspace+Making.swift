import Foundation

extension Workspace {
  /// Creates a workspace: its three folders, the signing key, and the registry.
  ///
  /// Existing parts are kept.
  ///
  /// - Returns: the workspace, and whether it existed already.
  public static func make(at path: String) throws -> (workspace: Workspace, wasThere: Bool) {
    let wasThere = (try? Workspace(at: path)) != nil
    for part in parts { try RunFolder.make("\(path)/\(part)") }
    let workspace = try Workspace(at: path)
    _ = try LabKey(of: workspace)
    _ = try Registry(in: workspace)
    return (workspace, wasThere)
  }
}
