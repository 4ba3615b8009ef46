internal import CFFmpeg

/// What is known of a video before its frames are decoded.
public struct VideoInfo: Equatable, Sendable {
  /// Columns of a picture, upright.
  public let width: Int
  /// Rows of a picture, upright.
  public let height: Int
  /// How the stored picture must be turned to be upright, as EXIF's number, 1–8.
  public let orientation: Int
  /// Time stamps count in this unit, seconds.
  public let timeBase: Rational
  /// Frames a second on average; nil if unknown.
  public let frameRate: Rational?
  /// The width of an upright pixel over its height.
  public let sampleAspect: Rational
  /// Seconds; nil if the file does not say.
  public let duration: Double?
  /// Streams of sound beside the picture.
  public let sounds: Int
  /// Streams of subtitles beside the picture.
  public let subtitles: Int
  /// The container's kind, as FFmpeg names it.
  public let container: String
  /// The codec of the picture, as FFmpeg names it.
  public let codec: String
  /// How a stored pixel is kept, as FFmpeg names it, such as `yuv422p10le`.
  public let pixelFormat: String
  /// `tv` for 16–235, `pc` for 0–255, `unknown`.
  public let colorRange: String
  /// The matrix from RGB: `bt709`, `smpte170m`…, `unknown`.
  public let colorMatrix: String

  /// How many frames there are, by duration and rate; nil if either is unknown.
  public var frames: Int? {
    guard let duration, let frameRate else { return nil }
    return max(1, Int((min(duration, 1e9) * min(frameRate.value, 1e6)).rounded()))
  }
}

extension VideoInfo {
  /// A video that is still to be made, of pictures in sRGB.
  ///
  /// - Parameters:
  ///   - width: columns of the upright pictures.
  ///   - height: rows of the upright pictures.
  ///   - frameRate: frames a second on average.
  ///   - timeBase: what time stamps count in; nil for one frame each.
  ///   - pixelFormat: how pixels are stored, as FFmpeg names it.
  ///   - orientation: how the stored pictures are turned, EXIF's 1–8.
  public init(
    width: Int, height: Int, frameRate: Rational, timeBase: Rational? = nil,
    pixelFormat: String = "yuv420p", orientation: Int = 1
  ) {
    self.width = width
    self.height = height
    self.orientation = orientation
    self.timeBase = timeBase ?? Rational(frameRate.denominator, frameRate.numerator)
    self.frameRate = frameRate
    self.pixelFormat = pixelFormat
    sampleAspect = Rational(1, 1)
    duration = nil
    (sounds, subtitles) = (0, 0)
    (container, codec) = ("none", "none")
    (colorRange, colorMatrix) = ("unknown", "unknown")
  }

  init(_ found: cffmpeg_description) {
    let isTurned = found.orientation >= 5
    width = Int(isTurned ? found.height : found.width)
    height = Int(isTurned ? found.width : found.height)
    orientation = Int(found.orientation)
    timeBase = Rational(found.time_base) ?? Rational(1, 1)
    frameRate = Rational(found.frame_rate)
    let aspect = Rational(found.sample_aspect) ?? Rational(1, 1)
    sampleAspect = isTurned ? Rational(aspect.denominator, aspect.numerator) : aspect
    duration = found.duration > 0 ? found.duration : nil
    sounds = Int(found.sounds)
    subtitles = Int(found.subtitles)
    container = text(found.container)
    codec = text(found.codec)
    pixelFormat = text(found.pixel_format)
    colorRange = text(found.color_range)
    colorMatrix = text(found.color_matrix)
  }
}

extension Rational {
  /// Nil where FFmpeg does not know.
  fileprivate init?(_ ratio: cffmpeg_ratio) {
    guard ratio.numerator > 0, ratio.denominator > 0 else { return nil }
    self.init(Int(ratio.numerator), Int(ratio.denominator))
  }
}

/// A name that lies in an array of C.
private func text<Characters>(_ characters: Characters) -> String {
  unsafe withUnsafeBytes(of: characters) { bytes in
    unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }
}
