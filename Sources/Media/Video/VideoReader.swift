private import CFFmpeg

/// The frames of a video, in order.
///
/// Reads whatever FFmpeg opens, from a file or a URL (`https://…`). Frames are decoded ahead on two
/// threads. One thread at a time may use a reader; any thread may use its frames.
@safe public final class VideoReader: @unchecked Sendable {
  /// The maximum number of pixels of a frame.
  public static let mostPixels = Int(CFFMPEG_MOST_PIXELS)
  /// The maximum number of rows or columns of a frame.
  public static let longestSide = Int(CFFMPEG_LONGEST_SIDE)

  /// The path or URL as given.
  public let path: String
  /// The properties in the file's header.
  public let info: VideoInfo

  private let handle: OpaquePointer
  private let converter: PixelConverter
  private var number = 0
  /// True if the next frame's number must be computed from its time.
  private var hasJumped = false

  /// Opens a video; nothing is decoded yet.
  ///
  /// - Parameters:
  ///   - path: a file or a URL.
  ///   - threads: how many threads decode.
  public init(reading path: String, threads: Int = 2) throws(MediaError) {
    if !path.contains("://") { try PictureFile.check(path) }
    var handle: OpaquePointer?
    var found = cffmpeg_description()
    var message = [CChar](repeating: 0, count: Int(CFFMPEG_ERROR_SIZE))
    let status = unsafe cffmpeg_reader_open(path, Int32(threads), &handle, &found, &message)
    switch status {
    case CFFMPEG_OK: break
    case CFFMPEG_NO_VIDEO: throw .noVideo(name: path, hasSound: found.sounds > 0)
    case CFFMPEG_TOO_LARGE:
      throw .videoTooLarge(name: path, width: Int(found.width), height: Int(found.height))
    default: throw .unreadableVideo(name: path, reason: sentence(message))
    }
    guard let handle = unsafe handle else {
      throw .unreadableVideo(name: path, reason: "cannot open the file")
    }
    self.path = path
    unsafe self.handle = handle
    info = VideoInfo(found)
    do {
      converter = try PixelConverter(name: path)
    } catch {
      unsafe cffmpeg_reader_close(handle)
      throw error
    }
  }

  deinit { unsafe cffmpeg_reader_close(handle) }

  /// The number of damaged places that were decoded so far; frames there may look wrong.
  public var damages: Int { Int(unsafe cffmpeg_reader_damages(handle)) }

  /// The next frame; nil at the end of the video.
  ///
  /// A truncated file gives the frames that it has, then throws `truncatedVideo`.
  public func next() throws(MediaError) -> VideoFrame? {
    var frame: OpaquePointer?
    var (timestamp, duration) = (Int64(0), Int64(0))
    var message = [CChar](repeating: 0, count: Int(CFFMPEG_ERROR_SIZE))
    let status = unsafe cffmpeg_reader_next(handle, &frame, &timestamp, &duration, &message)
    switch status {
    case CFFMPEG_OK: break
    case CFFMPEG_END where number == 0 && !hasJumped,
      CFFMPEG_TRUNCATED where number == 0 && !hasJumped:
      throw .unreadableVideo(name: path, reason: "no frame can be decoded")
    case CFFMPEG_END: return nil
    case CFFMPEG_TRUNCATED:
      throw .truncatedVideo(name: path, frames: number)
    default: throw .unreadableVideo(name: path, reason: sentence(message))
    }
    guard let frame = unsafe frame else { return nil }
    if hasJumped, let rate = info.frameRate {
      number = max(0, Int((Double(timestamp) * info.timeBase.value * rate.value).rounded()))
    }
    hasJumped = false
    defer { number += 1 }
    return unsafe VideoFrame(
      handle: frame, number: number, timestamp: Int(timestamp), duration: Int(duration),
      info: info, converter: converter)
  }

  /// Continues with the first frame shown at `time` (seconds) or later.
  ///
  /// It seeks to the last keyframe before that frame, or decodes on if that is nearer; frames between
  /// that no other frame refers to are not decoded.
  public func seek(to time: Double) throws(MediaError) {
    let exact = max(0, time) / info.timeBase.value
    // A time that was rounded for printing still means its own frame.
    try seek(toTimestamp: Int((min(exact, 1e15) - 1e-3 / info.timeBase.value).rounded(.up)))
  }

  /// Continues with the first frame whose time stamp is at least `timestamp`.
  ///
  /// - Parameter gap: frames that follow it by less than this, in the time base, may be left out, which
  ///   saves decoding them.
  public func seek(toTimestamp timestamp: Int, gap: Int = 0) throws(MediaError) {
    var message = [CChar](repeating: 0, count: Int(CFFMPEG_ERROR_SIZE))
    let status = unsafe cffmpeg_reader_seek(handle, Int64(timestamp), Int64(gap), &message)
    guard status == CFFMPEG_OK else {
      throw .unreadableVideo(name: path, reason: "it is not seekable")
    }
    hasJumped = true
  }

  /// The next frame whose number is at least `number`; nil at the end of the video.
  ///
  /// Key frames between are skipped to where the file has an index of them.
  public func next(from number: Int) throws(MediaError) -> VideoFrame? {
    if let rate = info.frameRate, number > self.number + 8 {
      let time = Double(number) / rate.value / info.timeBase.value
      var message = [CChar](repeating: 0, count: Int(CFFMPEG_ERROR_SIZE))
      var isJump = false
      // Half a frame early, so that a rounded time stamp is not missed.
      let early = 0.5 / rate.value / info.timeBase.value
      _ = unsafe cffmpeg_reader_skip(
        handle, Int64((min(time, 1e15) - early).rounded(.up)), &isJump, &message)
      if isJump { hasJumped = true }
    }
    while let frame = try next() {
      if frame.number >= number { return frame }
    }
    return nil
  }
}
