private import CFFmpeg

/// One frame of a video: when it is shown, and its picture when someone asks for it.
///
/// It holds what the decoder gave; turning that into RGB is the costly part, and is done by
/// `picture()` alone, on whatever thread asks.
@safe public final class VideoFrame: @unchecked Sendable {
  /// Its number in the video, from 0.
  ///
  /// After a seek, numbers follow from the time at the average frame rate.
  public let number: Int
  /// When it is shown, in the video's time base; the video's first frame has 0 or little more.
  public let timestamp: Int
  /// How long it is shown, in the time base.
  public let duration: Int
  /// What it belongs to.
  public let info: VideoInfo

  /// An AVFrame, never changed.
  let handle: OpaquePointer
  private let converter: PixelConverter

  init(
    handle: OpaquePointer, number: Int, timestamp: Int, duration: Int, info: VideoInfo,
    converter: PixelConverter
  ) {
    unsafe self.handle = handle
    self.number = number
    self.timestamp = timestamp
    self.duration = duration
    self.info = info
    self.converter = converter
  }

  deinit { unsafe cffmpeg_frame_free(handle) }

  /// When it is shown, in seconds from the video's start.
  public var time: Double { Double(timestamp) * info.timeBase.value }

  /// Its picture, upright, by the video's own colour matrix and range.
  public func picture() throws(MediaError) -> Image {
    try converter.picture(of: self).turned(upright: info.orientation)
  }
}
