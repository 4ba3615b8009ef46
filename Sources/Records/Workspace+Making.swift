import Foundation

extension Workspace {
  /// Makes a workspace: its three folders, the key that signs what it makes, and the registry.
  ///
  /// What is there is left as it is.
  ///
  /// - Returns: the workspace, and whether it was there already.
  public static func make(at path: String) throws -> (workspace: Workspace, wasThere: Bool) {
    let wasThere = (try? Workspace(at: path)) != nil
    for part in parts { try RunFolder.make("\(path)/\(part)") }
    let workspace = try Workspace(at: path)
    _ = try LabKey(of: workspace)
    _ = try Registry(in: workspace)
    return (workspace, wasThere)
  }
}
