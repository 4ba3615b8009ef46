import Media

/// Tracks faces through a few frames, starting with a search in the center frame.
///
/// From frame to frame a face's landmarks are predicted at its last position, and checked: it must
/// look similar, and must not have jumped or grown. If the check fails, the frame is searched.
struct SegmentTracker {
  private let finder: FaceFinder
  private let images: ArraySlice<Image>
  /// Whether faces may have moved far from one frame to the next.
  private let isSparse: Bool
  private let search: (Int, Image) throws(FacesError) -> [FoundFace]
  private var tracklets: [Tracklet] = []

  /// The minimum similarity between two frames.
  private static let leastLikeness = 0.7
  /// The minimum overlap of boxes of the same face.
  private static let sameFace = 0.4

  /// The tracks in a few frames, numbered as in the slice.
  ///
  /// - Parameter search: the faces in a frame, given its number and picture.
  static func track(
    _ images: ArraySlice<Image>, isSparse: Bool = false, with finder: FaceFinder,
    search: (Int, Image) throws(FacesError) -> [FoundFace]
  ) throws(FacesError) -> [Tracklet] {
    // The closure does not outlive the call.
    try withoutActuallyEscaping(search) { search throws(FacesError) in
      var tracker = SegmentTracker(
        finder: finder, images: images, isSparse: isSparse, search: search)
      try tracker.run()
      return tracker.tracklets
    }
  }

  /// The tracks of a segment, and those of a neighboring frame that it lacks, extended over
  /// `frames` as long as the face is visible.
  static func prolong(
    _ faces: [TrackedFace], over frames: [Int], _ images: [Image], isSparse: Bool = false,
    beside tracklets: [Tracklet], with finder: FaceFinder
  ) throws(FacesError) -> [Tracklet] {
    var tracker = SegmentTracker(finder: finder, images: images[...], isSparse: isSparse) { _, _ in
      []
    }
    tracker.tracklets = tracklets
    // The order of faces must not depend on the caller.
    for face in faces.sorted(by: { $0.box.x < $1.box.x }) {
      try tracker.prolong(face, over: frames)
    }
    return tracker.tracklets
  }

  private init(
    finder: FaceFinder, images: ArraySlice<Image>, isSparse: Bool,
    search: @escaping (Int, Image) throws(FacesError) -> [FoundFace]
  ) {
    (self.finder, self.images, self.search) = (finder, images, search)
    self.isSparse = isSparse
  }

  /// The frame that is searched first.
  static func anchor(of frames: Range<Int>) -> Int { frames.lowerBound + frames.count / 2 }

  private mutating func run() throws(FacesError) {
    let frames = images.indices
    let anchor = SegmentTracker.anchor(of: frames)
    let ends = [frames.lowerBound, frames.upperBound - 1].filter { $0 != anchor }
    for frame in [anchor] + (ends.first == ends.last ? ends.prefix(1) : ends[...]) {
      for face in try found(in: frame) { tracklets.append(Tracklet(first: frame, faces: [face])) }
      if !tracklets.isEmpty { break }
    }
    for frame in frames.dropFirst() { try advance(to: frame, from: frame - 1) }
    for frame in frames.dropLast().reversed() { try advance(to: frame, from: frame + 1) }
  }

  /// Tracks the faces of the neighboring frame into a frame.
  private mutating func advance(to frame: Int, from neighbor: Int) throws(FacesError) {
    var lost: [Int] = []
    for index in tracklets.indices where tracklets[index][frame] == nil {
      guard let before = tracklets[index][neighbor] else { continue }
      if let face = try follow(before, into: images[frame]) {
        if !isTaken(face.box, frame) { tracklets[index].add(face, at: frame) }
      } else {
        lost.append(index)
      }
    }
    guard !lost.isEmpty else { return }
    for face in try found(in: frame) where !isTaken(face.box, frame) {
      let same = lost.first { index in
        guard tracklets[index][frame] == nil, let before = tracklets[index][neighbor] else {
          return false
        }
        return before.box.overlap(with: face.box) > SegmentTracker.sameFace
          && before.thumbnail.likeness(to: face.thumbnail) > 0
      }
      if let same {
        tracklets[same].add(face, at: frame)
      } else {
        tracklets.append(Tracklet(first: frame, faces: [face]))
      }
    }
  }

  /// Tracks a face through consecutive frames until it is lost or meets another track.
  private mutating func prolong(_ face: TrackedFace, over frames: [Int]) throws(FacesError) {
    var last = face
    let index = tracklets.count
    for frame in frames {
      guard !isTaken(last.box, frame), let next = try follow(last, into: images[frame]),
        !isTaken(next.box, frame)
      else { return }
      if index == tracklets.count {
        tracklets.append(Tracklet(first: frame, faces: [next]))
      } else {
        tracklets[index].add(next, at: frame)
      }
      last = next
    }
  }

  private func follow(
    _ before: TrackedFace, into image: Image
  ) throws(FacesError) -> TrackedFace? {
    let old = before.box
    var landmarks = try finder.landmarks(in: image, box: old)
    guard FaceBox(around: landmarks).overlap(with: old) > 0.5 else { return nil }
    if isSparse {
      landmarks = try finder.landmarks(in: image, box: FaceBox(around: landmarks))
    }
    let face = TrackedFace(
      landmarks: landmarks, score: before.score,
      thumbnail: Thumbnail(of: image, landmarks: landmarks))
    return face.thumbnail.likeness(to: before.thumbnail) >= SegmentTracker.leastLikeness
      ? face : nil
  }

  /// The faces found by a search, with landmarks predicted as in tracking.
  private func found(in frame: Int) throws(FacesError) -> [TrackedFace] {
    var faces: [TrackedFace] = []
    for found in try search(frame, images[frame]) {
      faces.append(try TrackedFace(found, in: images[frame], by: finder))
    }
    return faces
  }

  private func isTaken(_ box: FaceBox, _ frame: Int) -> Bool {
    tracklets.contains { tracklet in
      tracklet[frame].map { $0.box.overlap(with: box) > SegmentTracker.sameFace } ?? false
    }
  }
}

extension TrackedFace {
  /// A found face with its landmarks predicted again in a box that is independent of the
  /// detector's.
  init(_ found: FoundFace, in image: Image, by finder: FaceFinder) throws(FacesError) {
    landmarks = try finder.landmarks(in: image, box: FaceBox(around: found.landmarks))
    score = found.score
    thumbnail = Thumbnail(of: image, landmarks: landmarks)
  }
}

extension Tracklet {
  /// Adds the face in the frame before the first or after the last.
  fileprivate mutating func add(_ face: TrackedFace, at frame: Int) {
    if frame == first - 1 {
      first = frame
      faces.insert(face, at: 0)
    } else {
      precondition(frame == end, "frame \(frame) is not next to \(first)..<\(end)")
      faces.append(face)
    }
  }
}
