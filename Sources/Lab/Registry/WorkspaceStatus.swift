import Foundation

/// What a workspace holds, and what could be done next.
public struct WorkspaceStatus: Encodable, Sendable {
  /// A folder of the workspace.
  public struct Part: Encodable, Sendable {
    public let name: String
    public let files, bytes: Int
  }

  /// The workspace, from the root.
  public let path: String
  public let parts: [Part]
  /// How many bytes are free on its disk.
  public let free: Int
  /// How many runs, sets and models there are.
  public let runs, faceSets, labelledSets, swapModels, detectors: Int
  /// The newest of each; nil where there is none.
  public let newestRun: RunSummary?
  public let newestFaces, newestLabelled: DatasetSummary?
  public let newestModel, newestDetector: ModelSummary?
  /// The runs that were not brought to an end.
  public let unfinished: [String]
  /// Commands that would bring something new; each a line.
  public let next: [String]
}

extension Registry {
  /// Counts and measures what the workspace holds.
  public func status() throws -> WorkspaceStatus {
    let (runs, sets, models) = (try runs(), try datasets(), try models())
    let faces = sets.filter { $0.kind == .faces }
    let labelled = sets.filter { $0.kind == .labelled }
    let swaps = models.filter { $0.kind == .swap }
    let detectors = models.filter { $0.kind == .detector }
    let system = try? FileManager.default.attributesOfFileSystem(forPath: workspace.path)
    return WorkspaceStatus(
      path: workspace.path, parts: try Workspace.parts.map(part),
      free: (system?[.systemFreeSize] as? NSNumber)?.intValue ?? 0, runs: runs.count,
      faceSets: faces.count, labelledSets: labelled.count, swapModels: swaps.count,
      detectors: detectors.count, newestRun: runs.first,
      newestFaces: faces.max { $0.changed < $1.changed },
      newestLabelled: labelled.max { $0.changed < $1.changed },
      newestModel: swaps.max { $0.changed < $1.changed },
      newestDetector: detectors.max { $0.changed < $1.changed },
      unfinished: runs.filter { [.interrupted, .killed, .failed].contains($0.state) }.map(\.name),
      next: Registry.next(
        faces: faces, labelled: labelled.isEmpty, swaps: swaps, detectors: detectors.isEmpty))
  }

  /// What is lacking on the way from faces to detectors, the nearest first.
  private static func next(
    faces: [DatasetSummary], labelled isUnlabelled: Bool, swaps: [ModelSummary],
    detectors isBlind: Bool
  ) -> [String] {
    if faces.isEmpty {
      return [
        "dflab faces synthesize --recipe demo      people who do not exist, to try things with",
        "dflab extract VIDEO --out Datasets/NAME   faces of your own",
      ]
    }
    var next: [String] = []
    if swaps.isEmpty {
      next.append("dflab swap --a DIR --b DIR --minutes 10   learn two faces and swap them")
    }
    if isUnlabelled {
      next.append(
        "dflab augment                             forge a labelled set of all that is here")
    } else if isBlind {
      next.append("dflab detect --retrain                    train detectors on the labelled set")
    } else {
      next.append("dflab detect FILE --explain               judge a picture or a video")
      next.append("dflab duel                                let generators and detectors compete")
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
