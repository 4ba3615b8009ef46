import Detection
import Engine
import Faces
import Media

/// The faces of one picture or video, found batch by batch and never written.
struct VideoFaceReader {
  /// What is looked at.
  struct Choice: Equatable, Sendable {
    /// Looks at every so many frames; nil spreads `most` evenly over the video.
    var every: Int?
    /// Frames of a video at most; nil for all.
    var most: Int? = 32
    /// The narrowest face that is searched for, in pixels.
    var smallest = FaceFinder.window
    /// Every face of a frame; otherwise the largest alone.
    var hasAll = false
    /// What the detectors need of a clip: where that is more than a frame, a video is read frame by
    /// frame from its beginning unless `every` says otherwise, and at least one clip of it.
    var clips = DetectorRequirements()
  }

  /// Frames and pictures that were looked at.
  private(set) var frames = 0
  /// Those of them without a face.
  private(set) var empty = 0
  /// Those of them with more than one face.
  private(set) var crowded = 0
  /// People, by how large and long each was seen, in the order of their first appearance.
  private(set) var presences: [Double] = []
  /// What the user should know, each a sentence.
  private(set) var notes: [String] = []

  private let choice: Choice
  private let watch: Stopwatch

  /// - Parameter watch: is told how long reading, finding and aligning take.
  init(choice: Choice, watch: Stopwatch = Stopwatch()) {
    (self.choice, self.watch) = (choice, watch)
  }

  /// The finder, whose model may still be on its way.
  private var finder: FaceFinder {
    get throws(FacesError) {
      try watch.time("load finder") { () throws(FacesError) in try FaceFinder() }
    }
  }

  private var extent: SearchExtent { choice.hasAll ? .all : .largest }

  /// Whether the file shows one face at a time, but for what a finder may see in a wall now and then.
  ///
  /// Then the faces are taken for one person's: those of one speaker some seconds apart may look less
  /// alike than two people do.
  var isSolo: Bool { crowded <= frames / 20 }

  /// Hands the faces of a file to `body`, in the order of time.
  ///
  /// - Parameter body: takes the faces of some frames as stills, each with the number of its track,
  ///   and says whether to go on.
  mutating func visit(_ input: ExtractInput, _ body: ([FaceClip]) throws -> Bool) throws {
    switch input {
    case .picture(let path): try visit(picture: path, body)
    case .video(let path): try visit(video: path, body)
    }
  }

  private mutating func visit(picture path: String, _ body: ([FaceClip]) throws -> Bool) throws {
    let image = try watch.time("read") { () throws(MediaError) in try Image(reading: path) }
    let tracker = ClipTracker(finder: try finder, smallest: choice.smallest, extent: extent)
    let tracklets = try watch.time("find") { () throws(FacesError) in try tracker.track([image]) }
    let found = tracklets.map(\.faces[0]).sorted { $0.box.width > $1.box.width }
    frames = 1
    empty = found.isEmpty ? 1 : 0
    crowded = found.count > 1 ? 1 : 0
    let taken = choice.hasAll ? found[...] : found.prefix(1)
    presences = taken.map { $0.box.width * $0.box.width }
    let faces = watch.time("align") { () -> [FaceClip] in
      taken.enumerated().map { person, face in
        FaceClip(
          [FaceClip.Frame(face, in: image)], track: person, source: SourceFrames([image]))
      }
    }
    if !faces.isEmpty { _ = try body(faces) }
  }

  private mutating func visit(video path: String, _ body: ([FaceClip]) throws -> Bool) throws {
    let reader = try watch.time("open") { () throws(MediaError) in try VideoReader(reading: path) }
    let info = reader.info
    let length = choice.clips.length(atRate: info.frameRate?.value)
    let most = choice.most.map { max($0, length) }
    var range = FrameRange()
    range.every = length > 1 ? choice.every ?? 1 : try stride(of: info, at: path)
    range.segment = BatchTracker.segment(every: range.every)
    // Little at first, so that searching does not wait long for the decoder.
    range.lead = 2 * range.segment
    let thorough = FrameBatch.size(of: info, segment: range.segment)
    let source = FrameBatch.reading(reader, range)
    defer { source.abandon() }
    var clip = ClipState()
    // The decoder works meanwhile.
    var tracker = BatchTracker(
      of: info, by: try finder, smallest: choice.smallest, extent: extent, watch: watch)
    while let batch = try watch.time("decode", { try source.receive() }) {
      if let note = batch.note { notes.append(note) }
      let taken = Array(batch.frames.prefix(most.map { $0 - frames } ?? .max))
      let tracklets = try tracker.track(
        batch, count: taken.count, every: range.every,
        after: clip.linker.faces(before: clip.frames),
        isThorough: clip.frames % ClipState.thoroughness < thorough)
      let first = clip.window.count
      clip.add(taken, tracklets)
      frames += taken.count
      let faces = try watch.time("align") { () throws(MediaError) in
        try self.faces(of: clip.window[first...], in: taken, of: info)
      }
      presences = clip.linker.people.map(\.presence)
      clip.forget(waiting: 0)
      guard faces.isEmpty ? true : try body(faces), frames < most ?? .max else { return }
    }
  }

  private mutating func faces(
    of linked: ArraySlice<ClipState.LinkedFrame>, in frames: [FrameBatch.Frame], of info: VideoInfo
  ) throws(MediaError) -> [FaceClip] {
    empty += linked.count { $0.faces.isEmpty }
    crowded += linked.count { $0.faces.count > 1 }
    let seen = zip(linked, frames).flatMap { linked, frame in
      (choice.hasAll ? linked.faces[...] : linked.faces.prefix(1)).map { (frame, $0) }
    }
    let results = ThreadPool.map(seen.count) { index in
      Result { () throws(MediaError) in
        let (frame, face) = seen[index]
        return try FaceClip(of: face, in: frame, of: info)
      }
    }
    var faces: [FaceClip] = []
    for result in results { faces.append(try result.get()) }
    return faces
  }

  /// Every how many frames a video is looked at; where its length is not told, its frames are counted.
  private func stride(of info: VideoInfo, at path: String) throws -> Int {
    if let every = choice.every { return every }
    guard let most = choice.most else { return 1 }
    return VideoFaceReader.stride(
      frames: try info.frames ?? VideoFaceReader.count(of: path), most: most)
  }

  /// Every how many frames of so many at most `most` are spread to the end of a video; at least 1.
  static func stride(frames: Int, most: Int) -> Int { max(1, (frames + most - 1) / most) }

  /// From how many frames of a video detectors of single frames score one, where others need them
  /// consecutively: `most` are spread over those that are looked at.
  static func thinning(of input: ExtractInput, _ choice: Choice) throws -> Int {
    guard case .video(let path) = input, let most = choice.most,
      choice.clips.frames > 1 || choice.clips.idealSeconds > 0
    else { return 1 }
    let info = try VideoReader(reading: path).info
    let length = choice.clips.length(atRate: info.frameRate?.value)
    guard length > 1 else { return 1 }
    let every = choice.every ?? 1
    let frames = min(info.frames.map { ($0 + every - 1) / every } ?? .max, max(most, length))
    return every * stride(frames: frames, most: most)
  }

  /// Adds what the user should know.
  mutating func note(_ sentence: String) { notes.append(sentence) }

  /// How many frames of a video can be decoded.
  static func count(of path: String) throws -> Int {
    let reader = try VideoReader(reading: path)
    var frames = 0
    do {
      while try reader.next() != nil { frames += 1 }
    } catch MediaError.truncatedVideo {}
    return frames
  }
}

extension FaceClip {
  /// A face in a frame of a video, of which only the surroundings of the face are converted.
  fileprivate init(
    of face: ClipState.LinkedFace, in frame: FrameBatch.Frame, of info: VideoInfo
  ) throws(MediaError) {
    let region = FaceAlignment(landmarks: face.face.landmarks)
      .region(width: info.width, height: info.height)
    let part = try frame.part(columns: region.columns, rows: region.rows)
    let still = Frame(face.face, in: part, number: frame.number, time: frame.time)
    let source = SourceFrames({ _ in try frame.picture() }, part: { _ in part })
    self.init([still], rate: info.frameRate?.value, track: face.person, source: source)
  }
}
