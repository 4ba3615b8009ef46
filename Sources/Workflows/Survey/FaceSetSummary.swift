import Engine
import Faces
import Foundation
import Media
import Records

/// The faces of a face set with their metrics.
public struct FaceSetSummary {
  /// The folder, as given.
  public let path: String
  /// The faces, in name order.
  public let faces: [SummarizedFace]
  /// Pictures that could not be used; each a sentence.
  public let notes: [String]

  /// Reads a folder, with or without a manifest, spread over the thread pool.
  ///
  /// What a manifest does not say is measured; landmarks that it lacks are found.
  public init(of path: String) throws {
    self.path = path
    let folder = try FaceFolder(at: path)
    let finder = try folder.pictures.allSatisfy { $0.line != nil } ? nil : FaceFinder()
    let measured = ThreadPool.map(folder.pictures.count) { index in
      Result { try MeasuredFace(folder.pictures[index], finder: finder) }
    }
    let faces = try measured.map { try $0.get() }
    let mean = Thumbnail.mean(of: faces.compactMap(\.thumbnail))
    self.faces = faces.map { face in
      var result = face.face
      if let mean, let thumbnail = face.thumbnail {
        result.similarity = thumbnail.likeness(to: mean)
      }
      return result
    }
    notes = folder.notes + folder.skipped.map(\.description)
  }

  /// The faces by a metric, best first; those without it come last.
  public func sorted(by key: FaceSortKey) -> [SummarizedFace] {
    let values = faces.map { $0.value(of: key) ?? -.infinity }
    return faces.indices.sorted {
      values[$0] != values[$1] ? values[$0] > values[$1] : $0 < $1
    }.map { faces[$0] }
  }

  /// A contact sheet of at most `most` faces, evenly spread over `faces`.
  public func sheet(
    of faces: [SummarizedFace], by key: FaceSortKey?, most: Int
  ) throws -> [UInt8] {
    let count = min(most, faces.count)
    let shown = (0..<count).map { faces[$0 * faces.count / count] }
    let columns = 8
    let rows = stride(from: 0, to: count, by: columns).map { first in
      let row = shown[first..<min(first + columns, count)]
      let images = ThreadPool.map(row.count) { try? Image(reading: row[row.startIndex + $0].path) }
      return ContactSheet.Row(row.first?.label(of: key) ?? "", images)
    }
    let name = (path as NSString).lastPathComponent
    let order = key.map { " by \($0.rawValue)" } ?? ""
    let title = "\(name): \(shown.count) of \(faces.count) faces\(order)"
    return try ContactSheet(title: title, rows: rows, cellSize: 128).drawn()
      .encoded(as: .png, mark: .showing(shown.map(\.path), at: path))
  }
}

/// A picture's face before the comparison with others.
private struct MeasuredFace: Sendable {
  var face: SummarizedFace
  var thumbnail: Thumbnail?

  init(_ picture: FacePicture, finder: FaceFinder?) throws(FacesError) {
    let line = picture.line
    let quality = FaceQuality(of: picture.image)
    face = SummarizedFace(name: picture.name, path: picture.path)
    face.blur = line?.blur ?? quality.sharpness
    face.brightness = line?.brightness ?? quality.brightness
    (face.source, face.time) = (line?.source, line?.time)
    face.width = line?.box?.width
    var landmarks = line?.landmarks
    if landmarks == nil {
      landmarks = try finder?.find(in: picture.image, smallest: 60).first?.landmarks
    }
    guard let landmarks else { return }
    let pose = line?.pose ?? Pose(landmarks: landmarks)
    (face.yaw, face.pitch) = (Double(pose.yaw), Double(pose.pitch))
    thumbnail = Thumbnail(of: picture.image, landmarks: landmarks)
  }
}
