import Faces
import Foundation

/// Reads a folder of `Datasets`.
enum DatasetReading {
  /// The folders of `Datasets` that may contain face sets or datasets, below the workspace.
  static func all(in workspace: Workspace) throws(RecordsError) -> [String] {
    try RunFolder.names(in: "\(workspace.path)/Datasets")
      .filter { !$0.hasPrefix(".") && $0 != "recipes" }.map { "Datasets/\($0)" }
      .filter { Workspace.isFolder("\(workspace.path)/\($0)") }
  }

  /// The current stamp of its manifests.
  static func stamp(_ path: String, in workspace: Workspace) -> String {
    let folder = "\(workspace.path)/\(path)"
    let manifests = ["\(folder)/\(LabeledDataset.manifestName)", FaceSet.manifestPath(of: folder)]
    // Reading the names of a hundred thousand pictures would take longer than a page may.
    let isSet = manifests.contains(where: FileKind.isThere)
    let inner = isSet ? [] : (try? RunFolder.names(in: folder)) ?? []
    let sets = inner.filter { !$0.contains(".") }.flatMap {
      ["\(folder)/\($0)", FaceSet.manifestPath(of: "\(folder)/\($0)")]
    }.filter(FileKind.isThere)
    return FileHash.of(
      FileStamp.of([folder] + manifests + sets).utf8)
  }

  /// Reads a folder; nil if it contains no face set or dataset.
  static func row(_ path: String, in workspace: Workspace) throws -> DatasetRow? {
    let folder = "\(workspace.path)/\(path)"
    let stamp = stamp(path, in: workspace)
    if LabeledDataset.isManifested(folder) {
      let manifest = "\(folder)/\(LabeledDataset.manifestName)"
      let labels = try labels(in: manifest)
      return DatasetRow(
        path: path, kind: .labeled, sets: 1, pictures: labels.count,
        fakes: labels.count { $0 == .fake }, hash: try FileHash.ofFile(manifest),
        changed: FileStamp.changed(manifest), stamp: stamp)
    }
    let sets = try SourceSet.sets(in: folder, workspace)
    guard !sets.isEmpty else { return nil }
    let manifest = FaceSet.manifestPath(of: folder)
    return DatasetRow(
      path: path, kind: .faces, sets: sets.count,
      pictures: sets.reduce(0) { $0 + ((try? $1.faces.count) ?? 0) }, fakes: nil,
      hash: FileKind.isThere(manifest) ? try FileHash.ofFile(manifest) : nil,
      changed: FileStamp.changed(FileKind.isThere(manifest) ? manifest : folder), stamp: stamp)
  }

  /// The labels in the complete lines of a manifest; invalid lines are skipped.
  private static func labels(in manifest: String) throws(RecordsError) -> [Label] {
    struct Line: Decodable { let label: Label }
    let decoder = JSONDecoder()
    return try (RunFolder.contents(of: manifest) ?? Data()).split(separator: 0x0A).compactMap {
      try? decoder.decode(Line.self, from: $0).label
    }
  }
}
