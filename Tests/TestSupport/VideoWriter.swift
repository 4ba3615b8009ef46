import Foundation
public import Media

/// Writes a whole video in one go, by `VideoSegmentWriter` and `VideoJoin`.
public final class VideoWriter {
  private let join: VideoJoin
  private let encoding: VideoEncoding
  private var segment: VideoSegmentWriter?
  private var lastDuration = 0
  private var part: String { "\(join.path).segment" }

  /// - Parameters:
  ///   - path: the file; its extension selects the container.
  ///   - encoding: the compression settings.
  ///   - info: the properties that all frames share.
  ///   - source: a video whose sound, subtitles, chapters and metadata are kept.
  ///   - mark: the mark of the video's origin; nil leaves it unmarked.
  public init(
    path: String, encoding: VideoEncoding, of info: VideoInfo, source: String? = nil, mark: Mark?
  ) throws(MediaError) {
    join = VideoJoin(
      path: path, of: info, source: source, codec: encoding.codec, mark: mark)
    self.encoding = encoding
    try join.check()
  }

  deinit { clear() }

  private func clear() { try? FileManager.default.removeItem(atPath: part) }

  /// Appends a frame; time stamps must increase.
  public func write(_ frame: VideoFrame) throws(MediaError) {
    if segment == nil {
      segment = try VideoSegmentWriter(path: part, encoding: encoding, like: frame, of: join.path)
    }
    try segment?.write(frame)
    lastDuration = frame.duration
  }

  /// Completes the video and gives it its name.
  public func finish() throws(MediaError) {
    guard let segment else {
      throw .unwritableVideo(path: join.path, reason: "it has no frames")
    }
    try segment.finish()
    try join.run(segments: [part], lastDuration: lastDuration)
    clear()
  }
}
