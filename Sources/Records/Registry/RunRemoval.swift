import Foundation

/// What became of a run that was removed.
public struct RunRemoval: Encodable, Equatable, Sendable {
  /// The folders that are gone, below the workspace.
  public let removed: [String]
  /// What it had made elsewhere, which is left.
  public let left: [String]
}

extension Registry {
  /// Takes away a run, and its steps if it has any, with all that they have made in the workspace.
  ///
  /// Refused where another run was made from it or has it as a step, unless `isForced`, and where a
  /// process works on it.
  public func remove(_ name: String, isForced: Bool) throws(RecordsError) -> RunRemoval {
    let run = try run(named: name)
    let all = try runs()
    let going = [run] + all.filter { $0.parent == run.home }
    let homes = Set(going.map(\.home))
    let needing = all.filter { other in
      !homes.contains(other.home)
        && (run.parent == other.home || !homes.isDisjoint(with: other.parents))
    }.map(\.name)
    guard needing.isEmpty || isForced else { throw .runNeeded(name: run.name, by: needing) }
    let locks = try going.map { [workspace] going throws(RecordsError) in
      try RunLock(at: RunRecorder.lock(of: "\(workspace.path)/\(going.home)")) {
        .runInUse(name: going.name, process: $0)
      }
    }
    defer { withExtendedLifetime(locks) {} }
    let inside = Set(going.flatMap { [$0.home] + $0.places }).filter(Registry.isOwn)
    // What lies inside of another of the folders goes with it.
    let folders = inside.filter { path in
      !inside.contains { path.hasPrefix("\($0)/") }
    }.sorted()
    for folder in folders where FileKind.isThere("\(workspace.path)/\(folder)") {
      try RunFolder.remove("\(workspace.path)/\(folder)")
    }
    try renew()
    return RunRemoval(
      removed: folders, left: going.flatMap(\.places).filter { !Registry.isOwn($0) })
  }

  /// True for something inside of `Datasets`, `Checkpoints` or `Labs`.
  private static func isOwn(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    return !path.hasPrefix("/") && parts.count > 1 && Workspace.parts.contains(String(parts[0]))
      && !parts.contains("..")
  }
}
