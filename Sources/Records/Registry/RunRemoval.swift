import Credentials
import Foundation

/// The result of removing a run.
public struct RunRemoval: Encodable, Equatable, Sendable {
  /// The removed folders, below the workspace.
  public let removed: [String]
  /// Outputs elsewhere, which are kept.
  public let left: [String]
}

extension Registry {
  /// Removes a run with its steps and all their outputs in the workspace.
  ///
  /// Throws if another run depends on it, unless `isForced`, and if a process is working on it.
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
    let sidecars = going.flatMap(\.places).compactMap { [workspace] place in
      SignedVideo.existingSidecar(of: "\(workspace.path)/\(place)").map(workspace.relative)
    }
    let inside = Set(going.flatMap { [$0.home] + $0.places } + sidecars).filter(Registry.isOwn)
    // Folders inside others are removed with them.
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

  /// True for a path inside `Datasets`, `Checkpoints` or `Labs`.
  private static func isOwn(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    return !path.hasPrefix("/") && parts.count > 1 && Workspace.parts.contains(String(parts[0]))
      && !parts.contains("..")
  }
}
