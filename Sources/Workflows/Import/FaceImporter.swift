import Faces
import Foundation
import Media
import Records

/// Finds and aligns the faces of the items of a public dataset.
///
/// All work on an item is done on the calling thread, so that items can be read in parallel.
struct FaceImporter: Sendable {
  let finder: FaceFinder
  /// The dataset's folder.
  let source: String
  let settings: ImportSettings
  /// The folder of the imported dataset.
  let folder: String

  /// The quality of the pictures.
  private static let quality = 95

  /// The faces of an item; a file that cannot be read has none, and the reason.
  func faces(of item: PublicItem) throws -> ImportedItem {
    var result = ImportedItem()
    do {
      if !item.frames.isEmpty {
        try read(frames: item, into: &result)
      } else if item.isPicture(in: source) {
        try read(picture: item, into: &result)
      } else {
        try read(video: item, into: &result)
      }
    } catch let error as MediaError {
      switch error {
      case .truncatedVideo, .truncated: result.isTruncated = true
      default: result.problem = FaceImporter.problem(error)
      }
    }
    return result
  }

  private static func problem(_ error: MediaError) -> SkippedFile.Reason {
    switch error {
    case .emptyFile: .empty
    case .unreadableFile: .unreadable
    case .truncated, .truncatedVideo: .truncated
    default: .damaged
    }
  }

  private func read(picture item: PublicItem, into result: inout ImportedItem) throws {
    var search = FaceSearch(finder: finder)
    let image = try Image(reading: path(item.path))
    let mask = { item.mask.flatMap { try? Image(reading: path($0)) } }
    try add(search.face(in: image, mask: mask), of: image, item.path, nil, &result)
  }

  private func read(frames item: PublicItem, into result: inout ImportedItem) throws {
    var search = FaceSearch(finder: finder)
    var problem: SkippedFile.Reason?
    for file in chosen(of: item.frames) {
      do {
        let image = try Image(reading: path(file))
        let mask = {
          item.mask.flatMap {
            try? Image(reading: path("\($0)/\((file as NSString).lastPathComponent)"))
          }
        }
        try add(search.face(in: image, mask: mask), of: image, file, number(of: file), &result)
      } catch let error as MediaError {
        problem = problem ?? FaceImporter.problem(error)
        result.unreadable += 1
      }
    }
    if result.frames == 0 { result.problem = problem }
  }

  private func read(video item: PublicItem, into result: inout ImportedItem) throws {
    var search = FaceSearch(finder: finder)
    let reader = try VideoReader(reading: path(item.path), threads: 1)
    let every = try settings.every ?? stride(of: reader.info, item)
    var mask = MaskVideo(path: item.mask.map(path))
    var wanted = 0
    while result.faces.count < settings.maxFaces, let frame = try reader.next(from: wanted) {
      wanted = frame.number + every
      let image = try frame.picture()
      let face = try search.face(in: image) { mask.picture(at: frame.number) }
      try add(face, of: image, item.path, frame.number, &result)
    }
  }

  /// The frames that are searched: every Nth, or as many as faces are wanted, evenly spread.
  private func chosen(of frames: [String]) -> [String] {
    if let every = settings.every {
      return Array(
        Swift.stride(from: 0, to: frames.count, by: every).map { frames[$0] }
          .prefix(settings.maxFaces))
    }
    let count = min(frames.count, settings.maxFaces)
    return (0..<count).map { frames[$0 * frames.count / count] }
  }

  /// The distance of the frames that spreads the wanted faces over a video.
  private func stride(of info: VideoInfo, _ item: PublicItem) throws -> Int {
    let frames = try info.frames ?? VideoFaceReader.count(of: path(item.path))
    return VideoFaceReader.stride(frames: frames, most: settings.maxFaces)
  }

  private func add(
    _ face: TrackedFace?, of image: Image, _ file: String, _ frame: Int?,
    _ result: inout ImportedItem
  ) throws {
    result.frames += 1
    guard let face else {
      result.empty += 1
      return
    }
    let alignment = FaceAlignment(landmarks: face.landmarks)
    let mark = try Mark.showing([path(file)], at: folder)
    result.faces.append(
      ImportedItem.Face(
        bytes: try alignment.picture(from: image)
          .encoded(as: .jpeg(quality: FaceImporter.quality), mark: mark),
        landmarks: alignment.place(face.landmarks), source: file, frame: frame))
  }

  private func number(of file: String) -> Int? {
    let name = ((file as NSString).lastPathComponent as NSString).deletingPathExtension
    return Int(String(name.reversed().prefix { $0.isASCII && $0.isNumber }.reversed()))
  }

  private func path(_ file: String) -> String { "\(source)/\(file)" }
}

/// The masks of a video's frames, read only as far as asked for.
private struct MaskVideo {
  private let path: String?
  private var reader: VideoReader?
  private var isUsable = true

  init(path: String?) { self.path = path }

  /// The mask of a frame; frames must be asked for in order.
  mutating func picture(at frame: Int) -> Image? {
    guard let path, isUsable else { return nil }
    do {
      let reader = try reader ?? VideoReader(reading: path, threads: 1)
      self.reader = reader
      return try reader.next(from: frame)?.picture()
    } catch {
      isUsable = false
      return nil
    }
  }
}
