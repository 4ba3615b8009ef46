/// Joins the faces of successive frames to clips: one track's, as long as asked for.
///
/// A frame that a track lacks, or that lies on another place of the source's count than the next
/// one, ends a clip: frames of a clip are consecutive.
public struct ClipAssembler {
  /// Frames of a clip.
  public let length: Int
  /// Frames a second of the source; nil for pictures.
  public let rate: Double?
  /// The video that the frames are of, which serves their pixels; nil for none.
  private let video: String?
  private var open: [Int: [Part]] = [:]

  /// A frame of a track, and the number that the caller knows it by.
  public struct Part: Sendable {
    public let frame: FaceClip.Frame
    public let key: Int

    public init(_ frame: FaceClip.Frame, key: Int) { (self.frame, self.key) = (frame, key) }
  }

  /// A clip, and the numbers that the caller knows its frames by.
  public typealias Assembled = (clip: FaceClip, keys: [Int])

  /// Clips of `length` frames.
  public init(length: Int, rate: Double?, video: String? = nil) {
    precondition(length > 0, "clips of \(length) frames")
    (self.length, self.rate, self.video) = (length, rate, video)
  }

  /// Adds the next frame of a track.
  ///
  /// - Returns: the clips that it ends: one that is complete, or one that a gap leaves short.
  public mutating func add(_ part: Part, track: Int) -> [Assembled] {
    var ended: [Assembled] = []
    var parts = open[track] ?? []
    if let last = parts.last, last.frame.number.map({ $0 + 1 }) != part.frame.number {
      ended.append(clip(of: parts, track))
      parts = []
    }
    parts.append(part)
    if parts.count == length {
      ended.append(clip(of: parts, track))
      parts = []
    }
    open[track] = parts
    return ended
  }

  /// The clips that the end of the source leaves short, by the number of their track.
  public mutating func finish() -> [Assembled] {
    defer { open = [:] }
    return open.sorted { $0.key < $1.key }.filter { !$0.value.isEmpty }.map {
      clip(of: $0.value, $0.key)
    }
  }

  private func clip(of parts: [Part], _ track: Int) -> Assembled {
    let times = parts.compactMap(\.frame.time)
    let source = video.flatMap { path in
      times.count == parts.count ? SourceFrames(video: path, times: times) : nil
    }
    let clip = FaceClip(parts.map(\.frame), rate: rate, track: track, source: source)
    return (clip, parts.map(\.key))
  }
}
