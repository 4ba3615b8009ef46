private import CFFmpeg

/// One frame of a video: its time, and its picture on demand.
///
/// It holds the decoder's output or the encoder's input; converting that to RGB is the expensive
/// step, which only `picture()` does, on the calling thread.
@safe public final class VideoFrame: @unchecked Sendable {
  /// The frame's number in the video, from 0.
  ///
  /// After a seek, numbers are computed from the time and the average frame rate.
  public let number: Int
  /// The presentation time, in the video's time base; the first frame has 0 or little more.
  public let timestamp: Int
  /// The duration, in the time base.
  public let duration: Int
  /// The video that the frame belongs to.
  public let info: VideoInfo

  /// An AVFrame, never modified.
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

  /// The presentation time, in seconds from the video's start.
  public var time: Double { Double(timestamp) * info.timeBase.value }

  /// The picture, upright, converted by the video's own color matrix and range.
  public func picture() throws(MediaError) -> Image {
    try converter.picture(of: self).turned(upright: info.orientation)
  }

  /// The picture at a fraction of its width and height, rounded down: each pixel is the mean of those
  /// that it covers, with less exact colors than those of `picture()`.
  ///
  /// - Parameter divisor: at least 2.
  public func picture(reducedBy divisor: Int) throws(MediaError) -> Image {
    precondition(divisor > 1, "a picture reduced by \(divisor)")
    let (width, height) = storedSize
    return try converter.picture(
      of: self, width: max(1, width / divisor), height: max(1, height / divisor)
    ).turned(upright: info.orientation)
  }

  /// A part of the picture that holds a rectangle of it, with the same bits there as `picture()`.
  ///
  /// Only the part is converted, unless the frames are stored rotated, in a packed format or with an odd
  /// size.
  ///
  /// - Parameters:
  ///   - columns: of the picture; not empty.
  ///   - rows: of the picture; not empty.
  public func part(columns: Range<Int>, rows: Range<Int>) throws(MediaError) -> PicturePart {
    // Colors are interpolated from those of neighbors, and vector code prefers multiples of 32.
    let (across, left) = VideoFrame.widened(columns, within: info.width)
    let (down, top) = VideoFrame.widened(rows, within: info.height)
    if info.orientation == 1,
      let image = try converter.part(of: self, x: left, y: top, width: across, height: down)
    {
      return PicturePart(image, x: left, y: top)
    }
    return PicturePart(try picture())
  }

  /// The length and the start, a multiple of 32, of a range with a margin around the given one.
  private static func widened(_ range: Range<Int>, within size: Int) -> (length: Int, start: Int) {
    precondition(range.lowerBound >= 0 && range.upperBound <= size && !range.isEmpty, "\(range)")
    let start = max(0, range.lowerBound - 8) / 32 * 32
    let end = min(size, (range.upperBound + 8 + 63) / 64 * 64)
    return (end - start, start)
  }

  /// Columns and rows of the picture as stored.
  var storedSize: (width: Int, height: Int) {
    info.orientation >= 5 ? (info.height, info.width) : (info.width, info.height)
  }
}

extension VideoFrame {
  /// A frame of a new video.
  public convenience init(
    _ picture: Image, timestamp: Int, duration: Int = 1, number: Int = 0, of info: VideoInfo
  ) throws(MediaError) {
    precondition(
      picture.width == info.width && picture.height == info.height,
      "\(picture.width)x\(picture.height) in a video of \(info.width)x\(info.height)")
    let stored = picture.turned(upright: Turn.undoing(info.orientation))
    var frame: OpaquePointer?
    var message = [CChar](repeating: 0, count: Int(CFFMPEG_ERROR_SIZE))
    let status = unsafe cffmpeg_frame_make(
      stored.pixels, Int32(stored.width), Int32(stored.height), info.pixelFormat,
      info.colorRange == "pc", &frame, &message)
    guard status == CFFMPEG_OK, let frame = unsafe frame else {
      throw .unencodable(reason: sentence(message))
    }
    unsafe self.init(
      handle: frame, number: number, timestamp: timestamp, duration: duration, info: info,
      converter: try PixelConverter(name: "a new frame"))
  }

  /// The frame with a part of its picture replaced; all other bits are kept.
  public func patched(with patch: VideoPatch) throws(MediaError) -> VideoFrame {
    let stored = patch.stored(in: info)
    var result: OpaquePointer?
    var message = [CChar](repeating: 0, count: Int(CFFMPEG_ERROR_SIZE))
    let status = unsafe stored.before.pixels.withUnsafeBufferPointer { before in
      unsafe stored.after.pixels.withUnsafeBufferPointer { after in
        unsafe stored.mask.withUnsafeBufferPointer { mask in
          var place = unsafe cffmpeg_patch(
            x: Int32(stored.x), y: Int32(stored.y), width: Int32(stored.before.width),
            height: Int32(stored.before.height), before: before.baseAddress,
            after: after.baseAddress, mask: mask.baseAddress)
          return unsafe cffmpeg_frame_patched(handle, &place, &result, &message)
        }
      }
    }
    guard status == CFFMPEG_OK, let result = unsafe result else {
      throw .unencodable(reason: sentence(message))
    }
    return unsafe VideoFrame(
      handle: result, number: number, timestamp: timestamp, duration: duration, info: info,
      converter: converter)
  }
}
