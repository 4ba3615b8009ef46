public import Media

/// Consecutive frames of one track: what a detector is given.
///
/// A still is a clip of one frame.
public struct FaceClip: Sendable {
  /// One frame of a clip.
  public struct Frame: Equatable, Sendable {
    /// The aligned face, 256×256.
    public var crop: Image
    /// The 68 points of iBUG 300-W in pixels of the crop; nil where they are not known.
    public var landmarks: [SIMD2<Float>]?
    /// The frame's number in the source video, from 0; nil for a picture.
    public var number: Int?
    /// When the frame is shown, in seconds from the beginning of the source; nil for a picture.
    public var time: Double?
    /// Where the face is in the source, in its pixels.
    public var box: FaceBox?
    /// Takes the source's pixels to those of the crop.
    public var matrix: AffineMap?

    /// A frame of which no more is known than what its face looks like.
    public init(crop: Image, landmarks: [SIMD2<Float>]? = nil) {
      (self.crop, self.landmarks) = (crop, landmarks)
    }

    /// A face found in a picture or frame, aligned.
    public init(_ face: TrackedFace, in source: Image, number: Int? = nil, time: Double? = nil) {
      self.init(face, in: PicturePart(source), number: number, time: time)
    }

    /// A face found in a picture or frame, aligned from the part of it that holds the face's region.
    public init(
      _ face: TrackedFace, in source: PicturePart, number: Int? = nil, time: Double? = nil
    ) {
      let alignment = FaceAlignment(landmarks: face.landmarks)
      self.init(
        crop: alignment.picture(from: source), landmarks: alignment.place(face.landmarks))
      (self.number, self.time) = (number, time)
      (box, matrix) = (face.box, alignment.map)
    }

    /// The landmarks in pixels of the source; nil where they or the matrix are not known.
    public var sourceLandmarks: [SIMD2<Float>]? {
      guard let landmarks, let back = matrix?.inverse else { return nil }
      return landmarks.map { SIMD2<Float>(back(SIMD2<Double>($0))) }
    }
  }

  /// The frames in the order of time; never empty.
  public let frames: [Frame]
  /// Frames a second of the source; nil for a picture.
  public let rate: Double?
  /// The identity that the face belongs to, by its name in the data; nil where it is not known.
  public var identity: String?
  /// The track that the frames are of, by its number in the source; nil where it was not tracked.
  public var track: Int?
  /// The whole frames that the crops were cut from; nil where they are not at hand.
  public var source: SourceFrames?

  /// A clip of at least one frame.
  public init(
    _ frames: [Frame], rate: Double? = nil, identity: String? = nil, track: Int? = nil,
    source: SourceFrames? = nil
  ) {
    precondition(!frames.isEmpty, "a clip without a frame")
    (self.frames, self.rate, self.source) = (frames, rate, source)
    (self.identity, self.track) = (identity, track)
  }

  /// A still: a clip of one frame.
  public init(still crop: Image, landmarks: [SIMD2<Float>]? = nil) {
    self.init([Frame(crop: crop, landmarks: landmarks)])
  }

  /// How long the clip is shown, in seconds; 0 for a still.
  public var seconds: Double {
    guard frames.count > 1, let first = frames.first?.time, let last = frames.last?.time else {
      return 0
    }
    // The last frame is shown until the next one would be.
    return last - first + (rate.map { 1 / $0 } ?? (last - first) / Double(frames.count - 1))
  }
}

/// The whole frames that the crops of a clip were cut from, read only when they are asked for.
public struct SourceFrames: Sendable {
  private let read: @Sendable (Int) throws -> Image
  private let readPart: @Sendable (Int) throws -> PicturePart
  /// Hands over the frames of some crops, in their order; nil where each is read by itself.
  private var readAll: (@Sendable ([Int], (Int, Image) throws -> Void) throws -> Void)?

  /// - Parameter read: the frame of the clip's `index`-th crop; any thread may call it.
  public init(_ read: @escaping @Sendable (_ index: Int) throws -> Image) {
    self.init(read) { PicturePart(try read($0)) }
  }

  /// - Parameters:
  ///   - read: the frame of the clip's `index`-th crop; any thread may call it.
  ///   - part: a part of that frame that holds the whole face.
  public init(
    _ read: @escaping @Sendable (_ index: Int) throws -> Image,
    part: @escaping @Sendable (_ index: Int) throws -> PicturePart
  ) {
    (self.read, readPart) = (read, part)
  }

  /// Frames that are held in memory.
  public init(_ frames: [Image]) { self.init { frames[$0] } }

  /// Frames of a video, which are decoded one at a time.
  ///
  /// - Parameter times: when each frame of the clip is shown, in seconds.
  public init(video path: String, times: [Double]) {
    self.init { index in
      let reader = try VideoReader(reading: path)
      try reader.seek(to: times[index])
      guard let frame = try reader.next() else {
        throw MediaError.unreadableVideo(
          name: path, reason: "it has no frame at \(times[index]) seconds")
      }
      return try frame.picture()
    }
    readAll = { indices, body in
      guard let first = indices.first else { return }
      let reader = try VideoReader(reading: path)
      try reader.seek(to: times[first])
      for index in indices {
        // A time that was rounded still means its own frame.
        while let frame = try reader.next() {
          guard frame.time > times[index] - 1e-3 else { continue }
          try body(index, frame.picture())
          break
        }
      }
    }
  }

  /// Reads some frames, one after the other: those of a video without a jump to each.
  ///
  /// - Parameters:
  ///   - indices: of crops, ascending; frames that the source lacks are left out.
  ///   - body: takes the index of a crop and the frame that it was cut from.
  public func forEach(_ indices: [Int], _ body: (Int, Image) throws -> Void) throws {
    if let readAll { return try readAll(indices, body) }
    for index in indices { try body(index, try read(index)) }
  }

  /// The frame that the clip's `index`-th crop was cut from.
  public func frame(_ index: Int) throws -> Image { try read(index) }

  /// A part of that frame that holds the whole face.
  public func part(_ index: Int) throws -> PicturePart { try readPart(index) }
}
