import Faces

/// The progress of an extraction; together with the files written so far it allows an exact
/// resumption.
struct ExtractState: Codable, Equatable {
  /// The number of completed inputs.
  var inputs = 0
  /// The state of the current video.
  var clip: ClipState?
  /// The numbers of processed frames and pictures, and of those without a face.
  var frames = 0
  var empty = 0
  /// The numbers of found and of kept faces.
  var found = 0
  var kept = 0
  var rejected: [FaceLimits.Reason: Int] = [:]
  /// The last face kept of each person.
  var last: [String: Thumbnail] = [:]
  /// The presence of each person in completed videos.
  var people: [Double] = []
  /// Inputs that could not be used, and other notes for the user.
  var notes: [String] = []
  var isDone = false

  /// True if `most` faces have been kept.
  func isFull(_ most: Int?) -> Bool { most.map { kept >= $0 } ?? false }
}

/// The state of the extraction of one video.
struct ClipState: Codable, Equatable {
  /// The people so far.
  var linker = TrackLinker()
  /// The number of processed frames.
  var frames = 0
  /// The last frames: first those that smoothing still needs, then those to be written.
  var window: [LinkedFrame] = []
  /// The number of frames in `window` to be written.
  var pending = 0

  /// After this many frames a video is searched for the smallest faces again.
  static let thoroughness = 64

  /// The number of frames to read again when resuming: those to be written, or the last one.
  var lead: Int { window.isEmpty ? 0 : max(1, pending) }

  /// A frame with its faces.
  struct LinkedFrame: Codable, Equatable {
    let number: Int
    let timestamp: Int
    let time: Double
    /// The largest first.
    var faces: [LinkedFace] = []
  }

  /// A face with its person.
  struct LinkedFace: Codable, Equatable {
    /// An index into the linker's people.
    let person: Int
    let face: TrackedFace
  }

  /// Adds the faces of the next frames, in order.
  mutating func add(_ frames: [FrameBatch.Frame], _ tracklets: [Tracklet]) {
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
  func landmarks(
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
  mutating func forget(waiting: Int) {
    pending = waiting
    // The last frame is needed to resume.
    let kept = waiting > 0 ? waiting + LandmarkSmoothing.reach : 1
    window.removeFirst(max(0, window.count - kept))
  }
}
