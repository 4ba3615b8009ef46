import Faces
import Foundation
import Generation
import Media

/// One person's pictures, read and counted.
struct SwapSide {
  let side: Side
  let folder: FaceFolder
  let faces: SwapFaces

  /// Reads the pictures of `path`, and holds out a share of them.
  init(_ side: Side, at path: String, holdout: Double) throws {
    self.side = side
    folder = try FaceFolder(Workspace.absolute(path))
    faces = SwapFaces(folder.images, holdout: holdout)
  }

  /// What the run remembers of them.
  var record: FaceRecord {
    FaceRecord(
      folder: folder.path, pictures: folder.images.count, fingerprint: folder.fingerprint)
  }

  /// What is told about them.
  var event: SwapEvent {
    .read(
      side: side, folder: folder.path, pictures: folder.images.count,
      skipped: folder.skipped.map { "\($0.name): \($0.reason)" })
  }
}
