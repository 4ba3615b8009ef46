/// The state of the extraction of one video.
public struct ClipState: Codable, Equatable, Sendable {
  /// The people so far.
  public var linker = TrackLinker()
  /// The number of processed frames.
  public var frames = 0
  /// The last frames: first those that smoothing still needs, then those to be written.
  public var window: [LinkedFrame] = []
  /// The number of frames in `window` to be written.
  public var pending = 0

  /// Nothing yet.
  public init() {}

  /// After this many frames a video is searched for the smallest faces again.
  public static let thoroughness = 64

  /// The number of frames to read again when resuming: those to be written, or the last one.
  public var lead: Int { window.isEmpty ? 0 : max(1, pending) }

  /// A frame with its faces.
  public struct LinkedFrame: Codable, Equatable, Sendable {
    public let number: Int
    public let timestamp: Int
    public let time: Double
    /// The largest first.
    public var faces: [LinkedFace] = []
  }

  /// A face with its person.
  public struct LinkedFace: Codable, Equatable, Sendable {
    /// An index into the linker's people.
    public let person: Int
    public let face: TrackedFace
  }

  /// Adds the faces of the next frames, in order.
  public mutating func add(_ frames: [FrameBatch.Frame], _ tracklets: [Tracklet]) {
    let people = linker.link(tracklets, from: self.frames)
    var linked = frames.map {
      LinkedFrame(number: $0.number, timestamp: $0.timestamp, time: $0.time)
    }
    for (tracklet, person) in zip(tracklets, people) {
      for (offset, face) in tracklet.faces.enumerated() {
        linked[tracklet.first + offset].faces.append(LinkedFace(person: person, face: face))
      }
    }
    for index in linked.indices {
      linked[index].faces.sort { $0.face.box.width > $1.face.box.width }
    }
    window += linked
    pending += linked.count
    self.frames += linked.count
  }

  /// The landmarks of a face in the window, smoothed over the surrounding frames.
  public func landmarks(
    of face: LinkedFace, at index: Int, smoothing: LandmarkSmoothing?
  ) -> [SIMD2<Float>] {
    guard let smoothing else { return face.face.landmarks }
    let reach = LandmarkSmoothing.reach
    let first = max(0, index - reach)
    let track = window[first...min(index + reach, window.count - 1)].map { frame in
      frame.faces.first { $0.person == face.person }?.face.landmarks
    }
    return smoothing(track, at: index - first) ?? face.face.landmarks
  }

  /// Drops written frames that smoothing no longer needs; all but `waiting` frames are written.
  public mutating func forget(waiting: Int) {
    pending = waiting
    // The last frame is needed to resume.
    let kept = waiting > 0 ? waiting + LandmarkSmoothing.reach : 1
    window.removeFirst(max(0, window.count - kept))
  }
}
