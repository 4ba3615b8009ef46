public import Faces
import Foundation

/// A face set as a source of real faces.
public struct SourceSet: Equatable, Sendable {
  /// The name: the path below `Datasets`, or elsewhere the last two components of the path.
  public let name: String
  /// The folder, from the root.
  public let path: String

  public init(at path: String, in workspace: Workspace?) {
    let path = Workspace.absolute(path)
    self.path = path
    if let datasets = workspace?.datasets(of: ""), path.hasPrefix(datasets) {
      name = String(path.dropFirst(datasets.count))
    } else {
      name = path.split(separator: "/").suffix(2).joined(separator: "/")
    }
  }

  /// The face sets in the workspace's `Datasets`, by name, without shards.
  public static func all(of workspace: Workspace) throws(RecordsError) -> [SourceSet] {
    var sets: [SourceSet] = []
    let datasets = "\(workspace.path)/Datasets"
    for name in try RunFolder.names(in: datasets) where !name.hasPrefix(".") {
      guard name != "recipes", !ShardRecord.isThere(in: "\(datasets)/\(name)") else { continue }
      sets += try SourceSet.sets(in: "\(datasets)/\(name)", workspace)
    }
    return sets
  }

  /// The face set at a path, or those inside the folder; shards only by their own paths.
  public static func sets(in path: String, _ workspace: Workspace?) throws(RecordsError)
    -> [SourceSet]
  {
    guard Workspace.isFolder(path), !LabeledDataset.isManifested(path) else { return [] }
    if FaceSet.isManifested(path) { return [SourceSet(at: path, in: workspace)] }
    let inner = try RunFolder.names(in: path).filter { !$0.hasPrefix(".") }
      .map { "\(path)/\($0)" }
      .filter { Workspace.isFolder($0) && !ShardRecord.isThere(in: $0) }
    let manifested = inner.filter(FaceSet.isManifested)
    if !manifested.isEmpty { return manifested.map { SourceSet(at: $0, in: workspace) } }
    if holdsPictures(path) { return [SourceSet(at: path, in: workspace)] }
    return inner.filter { !LabeledDataset.isManifested($0) && holdsPictures($0) }
      .map { SourceSet(at: $0, in: workspace) }
  }

  private static func holdsPictures(_ path: String) -> Bool {
    (try? FaceListing(of: path)) != nil
  }

  /// The identity of a face; the face set itself if identities are only known within it.
  ///
  /// `dflab extract` numbers the people of each face set separately.
  public func identity(of line: FaceEntry?) -> String {
    guard let identity = line?.identity, !isExtracted else { return name }
    return identity
  }

  /// The faces as lists show them, each with its identity and its line; without a manifest, all pictures.
  var faces: [(face: FaceSummary, identity: String, line: String)] {
    get throws(FacesError) {
      let (name, isExtracted) = (name, isExtracted)
      guard FaceSet.isManifested(path) else {
        return try FaceListing(of: path).names.map { (FaceSummary(file: $0), name, "") }
      }
      return try FaceSummary.all(in: path).map {
        ($0.face, isExtracted ? name : $0.face.identity ?? name, $0.line)
      }
    }
  }

  /// The clip of a face.
  public func clip(of line: FaceEntry?) -> String {
    guard let source = line?.source else { return identity(of: line) }
    return (source as NSString).standardizingPath
  }

  /// The identity of the face set, from its first line.
  public var identity: String {
    let set = FaceSet.isManifested(path) ? try? FaceSet(reading: path) : nil
    return identity(of: set?.lines.first)
  }

  private var isExtracted: Bool {
    let above = (path as NSString).deletingLastPathComponent
    return [path, above].contains {
      FileManager.default.fileExists(atPath: "\($0)/extract.json")
    }
  }
}
