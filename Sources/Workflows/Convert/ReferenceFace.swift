import Faces
import Media

/// The reference face of the person to swap.
struct ReferenceFace: Sendable {
  /// What it looks like.
  let thumbnail: Thumbnail
  /// The minimum similarity.
  private(set) var least = 0.5

  /// The number of frames that are checked in advance.
  private static let samples = 16
  /// The maximum difference in similarity from the video's most similar face.
  private static let slack = 0.1

  /// The largest face of a picture.
  init(_ path: String, _ tracker: ClipTracker) throws {
    let faces = try tracker.track([Image(reading: path)]).compactMap { $0[0] }
    guard let face = faces.max(by: { $0.box.width < $1.box.width }) else {
      throw WorkflowError.noFace(path: path)
    }
    thumbnail = face.thumbnail
  }

  /// The highest similarity of a track's faces.
  func likeness(of way: Tracklet) -> Double {
    way.faces.map { $0.thumbnail.likeness(to: thumbnail) }.max() ?? -1
  }

  /// Finds the most similar face of a video, so that no one else is swapped while the person is
  /// absent.
  ///
  /// The frames are evenly spread over the video; without seeking, nothing is checked.
  mutating func look(into path: String, _ tracker: ClipTracker) throws {
    let reader = try VideoReader(reading: path)
    guard let duration = reader.info.duration else { return }
    for sample in 0..<ReferenceFace.samples {
      let time = (Double(sample) + 0.5) / Double(ReferenceFace.samples) * duration
      guard (try? reader.seek(to: time)) != nil, let frame = try? reader.next() else { continue }
      let ways = try tracker.track([frame.picture()])
      least = max(least, (ways.map(likeness).max() ?? 0) - ReferenceFace.slack)
    }
  }
}
