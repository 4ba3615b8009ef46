import Engine
public import Faces

/// Labeled clips to train or to validate on, decoded when they are needed.
public struct LabeledClips: Sendable {
  /// Whether each clip is fake.
  public let labels: [Label]
  /// How many frames each has; 1 for a still.
  public let lengths: [Int]
  /// What must not be both learned from and validated on, by clip: one name for each connected
  /// component of identities and clips.
  public let groups: [String]
  /// The video that each is from: verdicts are given by video.
  public let videos: [String]
  /// The forgery method of each; that of real ones has no meaning.
  public let methods: [String]
  /// The frames of all clips, one after the other, for those that look at each by itself.
  public let faces: DetectorFaces
  private let read: @Sendable (Int) -> FaceClip

  /// - Parameters:
  ///   - videos: nil where each clip is a video of its own.
  ///   - methods: nil where they are not known.
  ///   - faces: the frames of all clips, in their order.
  ///   - read: clip `index`; it is called on several threads, again and again.
  public init(
    labels: [Label], lengths: [Int], groups: [String], videos: [String]? = nil,
    methods: [String]? = nil, faces: DetectorFaces,
    read: @escaping @Sendable (_ index: Int) -> FaceClip
  ) {
    self.videos = videos ?? labels.indices.map(String.init)
    self.methods = methods ?? labels.map { _ in "fake" }
    precondition(
      lengths.count == labels.count && groups.count == labels.count
        && self.videos.count == labels.count && self.methods.count == labels.count
        && faces.count == lengths.reduce(0, +),
      "\(labels.count) labels, \(groups.count) groups, \(faces.count) frames")
    (self.labels, self.lengths, self.groups) = (labels, lengths, groups)
    (self.faces, self.read) = (faces, read)
  }

  /// Clips that are decoded already.
  public init(_ clips: [(clip: FaceClip, label: Label)], groups: [String]? = nil) {
    let frames = clips.flatMap { clip in
      clip.clip.frames.map { (image: $0.crop, label: clip.label) }
    }
    self.init(
      labels: clips.map(\.label), lengths: clips.map(\.clip.frames.count),
      groups: groups ?? clips.indices.map(String.init), faces: DetectorFaces(frames)
    ) { clips[$0].clip }
  }

  /// How many clips there are.
  public var count: Int { labels.count }

  /// One clip.
  public subscript(index: Int) -> FaceClip { read(index) }

  /// A value for each frame out of one for each clip.
  public func byFrame<Value>(_ values: [Value]) -> [Value] {
    zip(values, lengths).flatMap { [Value](repeating: $0, count: $1) }
  }
}

extension Detector {
  /// The score of each clip, decoded some at a time.
  public func scores(of clips: LabeledClips) -> [DetectorScore] {
    var scores: [DetectorScore] = []
    scores.reserveCapacity(clips.count)
    while scores.count < clips.count {
      let first = scores.count
      // As many clips as hold some 64 frames, one at least.
      var (end, frames) = (first, 0)
      while end < clips.count, end == first || frames + clips.lengths[end] <= 64 {
        frames += clips.lengths[end]
        end += 1
      }
      scores += self.scores(of: ThreadPool.map(end - first) { clips[first + $0] })
    }
    return scores
  }
}
