import Faces
import Media

/// The face of a picture that says whom to swap.
struct ReferenceFace: Sendable {
  /// What it looks like.
  let thumbnail: Thumbnail
  /// How like it somebody must be to be the one.
  private(set) var least = 0.5

  /// Frames of a video that are looked at beforehand.
  private static let samples = 16
  /// How much less like it than the most alike face of the video its owner may be.
  private static let slack = 0.1

  /// The largest face of a picture.
  init(_ path: String, _ tracker: ClipTracker) throws {
    let faces = try tracker.track([Image(reading: path)]).compactMap { $0[0] }
    guard let face = faces.max(by: { $0.box.width < $1.box.width }) else {
      throw WorkflowError.noFace(path: path)
    }
    thumbnail = face.thumbnail
  }

  /// How alike the most alike face of a way is.
  func likeness(of way: Tracklet) -> Double {
    way.faces.map { $0.thumbnail.likeness(to: thumbnail) }.max() ?? -1
  }

  /// Looks for the most alike face of a video, so that nobody else stands in while its owner is away.
  ///
  /// The frames lie evenly over the video; where it cannot be jumped in, nothing is learned.
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
