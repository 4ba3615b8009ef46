import Engine
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
  /// The folder of the photographs that the faces were found in, from the root; nil for aligned
  /// faces.
  let photographs: String?

  /// Reads the faces of a source, and holds out a share of them.
  init(_ side: Side, from source: SwapSource, holdout: Double) throws {
    self.side = side
    folder = try FaceFolder(at: source.faces, holdout: holdout)
    faces = SwapFaces(folder)
    photographs = source.photographs
  }

  /// The run's record of them.
  var record: FaceRecord {
    FaceRecord(
      folder: Workspace.absolute(folder.path), pictures: folder.pictures.count,
      hash: FaceHash.of(folder.pictures), skipped: folder.skipped.map(\.description),
      photographs: photographs)
  }

  /// The origins of a model of them: the face set's manifest, which contains the pictures' hashes,
  /// or the pictures of a plain folder.
  var origins: [Artifact.Origin] {
    FaceSet.isManifested(folder.path)
      ? [.file(FaceSet.manifestPath(of: folder.path))] : folder.pictures.map { .file($0.path) }
  }

  /// The picture that a face is put into: its photograph, or the crop itself.
  func target(of face: FacePicture) -> SwapTarget {
    guard photographs != nil, let line = face.line, line.frame == nil, let path = line.source,
      let matrix = line.matrix
    else {
      return SwapTarget(path: face.path, landmarks: face.line?.landmarks, isCrop: true)
    }
    let back = matrix.inverse
    return SwapTarget(
      path: path, landmarks: line.landmarks.map { SIMD2<Float>(back(SIMD2<Double>($0))) },
      isCrop: false)
  }

  /// The event for them.
  var event: SwapEvent {
    .read(
      side: side, folder: folder.path, pictures: folder.pictures.count,
      skipped: folder.skipped.map(\.description), notes: folder.notes)
  }
}

/// A picture that a face is put into.
struct SwapTarget: Sendable {
  /// The file.
  let path: String
  /// The 68 landmarks in its pixels; nil if they are unknown.
  let landmarks: [SIMD2<Float>]?
  /// Whether it is an aligned crop; otherwise the landmarks say where the face is.
  let isCrop: Bool

  /// The file of the swap.
  var file: SwapFile { SwapFile((path as NSString).lastPathComponent) }

  /// The position of the face in the picture.
  func spot(in image: Image) -> FaceSpot {
    guard !isCrop, let landmarks else {
      return FaceSpot(cropOfWidth: image.width, height: image.height, landmarks: landmarks)
    }
    return FaceSpot(landmarks: landmarks)
  }
}
