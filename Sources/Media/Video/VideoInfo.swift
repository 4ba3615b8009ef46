internal import CFFmpeg

/// Properties of a video that are known before decoding.
public struct VideoInfo: Equatable, Sendable {
  /// Columns of the upright picture.
  public let width: Int
  /// Rows of the upright picture.
  public let height: Int
  /// The rotation that turns the stored picture upright, as EXIF's number, 1–8.
  public let orientation: Int
  /// The unit of time stamps, in seconds.
  public let timeBase: Rational
  /// Average frames per second; nil if unknown.
  public let frameRate: Rational?
  /// The width of an upright pixel over its height.
  public let sampleAspect: Rational
  /// Seconds; nil if the file does not say.
  public let duration: Double?
  /// The number of sound streams.
  public let sounds: Int
  /// The number of subtitle streams.
  public let subtitles: Int
  /// The container format, by FFmpeg's name.
  public let container: String
  /// The video codec, by FFmpeg's name.
  public let codec: String
  /// The pixel format, by FFmpeg's name, such as `yuv422p10le`.
  public let pixelFormat: String
  /// `tv` for 16–235, `pc` for 0–255, `unknown`.
  public let colorRange: String
  /// The matrix from RGB: `bt709`, `smpte170m`…, `unknown`.
  public let colorMatrix: String

  /// The number of frames, from duration and rate; nil if either is unknown.
  public var frames: Int? {
    guard let duration, let frameRate else { return nil }
    return max(1, Int((min(duration, 1e9) * min(frameRate.value, 1e6)).rounded()))
  }
}

extension VideoInfo {
  /// A new video of sRGB pictures.
  ///
  /// - Parameters:
  ///   - width: columns of the upright pictures.
  ///   - height: rows of the upright pictures.
  ///   - frameRate: average frames per second.
  ///   - timeBase: the unit of time stamps; nil for one frame each.
  ///   - pixelFormat: the stored pixel format, by FFmpeg's name.
  ///   - orientation: the rotation of the stored pictures, EXIF's 1–8.
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
  /// Nil if FFmpeg does not know.
  fileprivate init?(_ ratio: cffmpeg_ratio) {
    guard ratio.numerator > 0, ratio.denominator > 0 else { return nil }
    self.init(Int(ratio.numerator), Int(ratio.denominator))
  }
}

/// A string from a C array.
private func text<Characters>(_ characters: Characters) -> String {
  unsafe withUnsafeBytes(of: characters) { bytes in
    unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }
}

/// An exact fraction: a time base, a frame rate, an aspect ratio.
public struct Rational: Codable, Equatable, Hashable, Sendable {
  /// The numerator.
  public let numerator: Int
  /// The denominator, at least 1.
  public let denominator: Int

  /// The given fraction, not reduced.
  public init(_ numerator: Int, _ denominator: Int) {
    precondition(denominator > 0, "\(numerator)/\(denominator) is no fraction")
    self.numerator = numerator
    self.denominator = denominator
  }

  /// The nearest floating-point number.
  public var value: Double { Double(numerator) / Double(denominator) }
}
