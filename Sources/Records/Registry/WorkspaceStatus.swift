import Foundation

/// The content of a workspace, and suggested commands.
public struct WorkspaceStatus: Encodable, Sendable {
  /// A folder of the workspace.
  public struct Part: Encodable, Sendable {
    public let name: String
    public let files, bytes: Int
  }

  /// The number of items of a kind.
  public struct Kind: Encodable, Sendable {
    /// `runs`, `face sets`, `labeled datasets`, `swap models` or `detectors`.
    public let name: String
    /// All items, and those that are steps of a duel.
    public let count, ofDuels: Int
    /// The newest item that is not a step of a duel, which commands use by default, and the time of
    /// its last change or start, in ISO 8601; nil if there is none.
    public let newest, changed: String?

    /// - Parameter things: the name and time of each item.
    init(_ name: String, _ things: [(name: String, time: String?)], _ parts: DuelStepNames) {
      let own = things.filter { parts.duel(of: $0.name) == nil }
      let newest = own.max { ($0.time ?? "") < ($1.time ?? "") }
      (self.name, count, ofDuels) = (name, things.count, things.count - own.count)
      (self.newest, changed) = (newest?.name, newest?.time)
    }
  }

  /// The workspace, from the root.
  public let path: String
  public let parts: [Part]
  /// The free disk space in bytes.
  public let free: Int
  public let kinds: [Kind]
  /// The unfinished runs.
  public let unfinished: [String]
  /// Suggested commands, one per line.
  public let next: [String]
}

extension Registry {
  /// Counts and measures the content of the workspace.
  public func status() throws -> WorkspaceStatus {
    let (runs, sets, models) = (try runs(), try datasets(), try models())
    let duels = try DuelStepNames(in: workspace)
    func named(_ kind: SetKind) -> [(name: String, time: String?)] {
      sets.filter { $0.kind == kind }.map { ($0.name, $0.changed) }
    }
    func named(_ kind: ModelKind) -> [(name: String, time: String?)] {
      models.filter { $0.kind == kind }.map { ($0.name, $0.changed) }
    }
    let kinds = [
      WorkspaceStatus.Kind("runs", runs.map { ($0.name, $0.began) }, duels),
      WorkspaceStatus.Kind("face sets", named(SetKind.faces), duels),
      WorkspaceStatus.Kind("labeled datasets", named(SetKind.labeled), duels),
      WorkspaceStatus.Kind("swap models", named(ModelKind.swap), duels),
      WorkspaceStatus.Kind("detectors", named(ModelKind.detector), duels),
    ]
    let system = try? FileManager.default.attributesOfFileSystem(forPath: workspace.path)
    return WorkspaceStatus(
      path: workspace.path, parts: try Workspace.parts.map(part),
      free: (system?[.systemFreeSize] as? NSNumber)?.intValue ?? 0, kinds: kinds,
      unfinished: runs.filter { [.interrupted, .killed, .failed].contains($0.state) }.map(\.name),
      next: Registry.next(
        lacking: Set(kinds.filter { $0.newest == nil }.map(\.name))))
  }

  /// The next steps on the way from faces to detectors.
  private static func next(lacking: Set<String>) -> [String] {
    if lacking.contains("face sets") {
      return [
        "dflab faces synthesize --recipe demo      render synthetic identities",
        "dflab extract VIDEO --out Datasets/NAME   extract faces from a video",
      ]
    }
    var next: [String] = []
    if lacking.contains("swap models") {
      next.append("dflab swap --a DIR --b DIR --minutes 10   train a face-swap model")
    }
    if lacking.contains("labeled datasets") {
      next.append(
        "dflab augment                             create a labeled dataset")
    } else if lacking.contains("detectors") {
      next.append("dflab detect --retrain                    train detectors on the dataset")
    } else {
      next.append("dflab detect FILE --explain               score a picture or a video")
      next.append(
        "dflab duel                                train generators and detectors against each other"
      )
    }
    return next
  }

  private func part(_ name: String) throws -> WorkspaceStatus.Part {
    var (files, bytes) = (0, 0)
    let folder = URL(filePath: "\(workspace.path)/\(name)")
    let walk = FileManager.default.enumerator(
      at: folder, includingPropertiesForKeys: [.fileSizeKey, .isRegularFileKey])
    while let file = walk?.nextObject() as? URL {
      let values = try file.resourceValues(forKeys: [.fileSizeKey, .isRegularFileKey])
      guard values.isRegularFile ?? false else { continue }
      files += 1
      bytes += values.fileSize ?? 0
    }
    return WorkspaceStatus.Part(name: name, files: files, bytes: bytes)
  }
}
