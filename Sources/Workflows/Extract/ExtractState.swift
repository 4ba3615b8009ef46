import Faces

/// How far an extraction has come: with this, and the files that it has written, it goes on as if it
/// had never been interrupted.
struct ExtractState: Codable, Equatable {
  /// How many inputs are done.
  var inputs = 0
  /// Where the video stands that is read now.
  var clip: ClipState?
  /// Frames and pictures that were looked at, and those of them without a face.
  var frames = 0
  var empty = 0
  /// Faces that were found, and those of them that were kept.
  var found = 0
  var kept = 0
  var rejected: [FaceLimits.Reason: Int] = [:]
  /// The last face kept of each person.
  var last: [String: Thumbnail] = [:]
  /// The people of the videos that are done, by how large and long each was seen.
  var people: [Double] = []
  /// What could not be used, and what the user should know.
  var notes: [String] = []
  var isDone = false

  /// True when there is nothing more to look at for `most` faces.
  func isFull(_ most: Int?) -> Bool { most.map { kept >= $0 } ?? false }
}

/// Where the extraction of one video stands.
struct ClipState: Codable, Equatable {
  /// Who was seen so far.
  var linker = TrackLinker()
  /// How many frames were looked at.
  var frames = 0
  /// The last frames: first those that smoothing still looks back at, then those to be written.
  var window: [LinkedFrame] = []
  /// How many frames of `window` are to be written.
  var pending = 0

  /// The frames that are read once more to go on: those to be written, or the last one.
  var lead: Int { window.isEmpty ? 0 : max(1, pending) }

  /// A frame and the faces in it.
  struct LinkedFrame: Codable, Equatable {
    let number: Int
    let timestamp: Int
    let time: Double
    /// The largest first.
    var faces: [LinkedFace] = []
  }

  /// A face, and whose it is.
  struct LinkedFace: Codable, Equatable {
    /// An index into the linker's people.
    let person: Int
    let face: TrackedFace
  }

  /// The faces of the next frames, in order.
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

  /// The landmarks of a face in the window, smoothed over the frames around it.
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

  /// Forgets what is written and no more looked back at; all but `waiting` frames are written.
  mutating func forget(waiting: Int) {
    pending = waiting
    // The last frame says where to go on.
    let kept = waiting > 0 ? waiting + LandmarkSmoothing.reach : 1
    window.removeFirst(max(0, window.count - kept))
  }
}
