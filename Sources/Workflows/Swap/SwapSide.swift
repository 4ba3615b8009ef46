import Faces
import Foundation
import Generation
import Media
import Records

/// The pictures of one person.
struct SwapSide {
  let side: Side
  let folder: FaceFolder
  let faces: SwapFaces

  /// Reads the pictures of `path`, and holds out a share of them.
  init(_ side: Side, at path: String, holdout: Double) throws {
    self.side = side
    folder = try FaceFolder(at: path, holdout: holdout)
    faces = SwapFaces(folder)
  }

  /// The run's record of them.
  var record: FaceRecord {
    FaceRecord(
      folder: Workspace.absolute(folder.path), pictures: folder.pictures.count,
      hash: FaceHash.of(folder.pictures), skipped: folder.skipped.map(\.description))
  }

  /// The origins of a model of them: the face set's manifest, which contains the pictures' hashes,
  /// or the pictures of a plain folder.
  var origins: [Artifact.Origin] {
    FaceSet.isManifested(folder.path)
      ? [.file(FaceSet.manifestPath(of: folder.path))] : folder.pictures.map { .file($0.path) }
  }

  /// The event for them.
  var event: SwapEvent {
    .read(
      side: side, folder: folder.path, pictures: folder.pictures.count,
      skipped: folder.skipped.map(\.description), notes: folder.notes)
  }
}
