private import CFFmpeg

/// A codec for writing videos.
public enum VideoCodec: String, Codable, CaseIterable, Sendable {
  /// H.264, by x264: plays everywhere.
  case h264
  /// H.265, by x265: smaller, slower.
  case hevc
  /// FFV1: lossless for all pixel formats, in Matroska.
  case ffv1

  /// FFmpeg's name of the encoder.
  var encoder: String {
    switch self {
    case .h264: "libx264"
    case .hevc: "libx265"
    case .ffv1: "ffv1"
    }
  }
}

/// Compression settings.
public struct VideoEncoding: Codable, Equatable, Sendable {
  /// The codec.
  public var codec = VideoCodec.h264
  /// The rate factor (CRF), 0–51: lower is better and larger.
  public var quality = 18
  /// Whether every bit of every frame is kept, in the frames' own pixel format.
  public var isLossless = false
  /// The speed preset of x264 and x265.
  public var preset = "veryfast"
  /// Threads of the encoder.
  public var threads = 2

  /// H.264 that is visually almost lossless.
  public init() {}
}

extension Image {
  /// The picture after H.264 compression.
  ///
  /// It is encoded with 4:2:0 chroma on one thread: the same pictures and quantizer give the same
  /// pixels.
  ///
  /// - Parameters:
  ///   - quantizer: the same for the whole frame, 0–51; FaceForensics++'s c23 is 23, c40 is 40.
  ///   - frames: the frames before it, of the same size, from which it is predicted; none for a
  ///     keyframe.
  public func throughH264(
    quantizer: Int, after frames: [Image] = []
  ) throws(MediaError) -> Image {
    try (frames + [self]).throughH264(quantizer: quantizer, keeping: 1)[0]
  }
}

extension [Image] {
  /// The frames of a clip, all of one size, after H.264 compression as one video.
  ///
  /// They are encoded with 4:2:0 chroma on one thread: the same pictures and settings give the same
  /// pixels.
  ///
  /// - Parameters:
  ///   - quantizer: the same for all frames, 0–51.
  ///   - interval: a keyframe follows after so many frames at most; nil for the encoder's 250.
  public func throughH264(quantizer: Int, keyframes interval: Int? = nil) throws(MediaError)
    -> [Image]
  {
    try throughH264(quantizer: quantizer, keyframes: interval, keeping: count)
  }

  /// The last `kept` frames after compression.
  fileprivate func throughH264(
    quantizer: Int, keyframes interval: Int? = nil, keeping kept: Int
  ) throws(MediaError) -> [Image] {
    guard let (width, height) = first.map({ ($0.width, $0.height) }), kept > 0 else { return [] }
    precondition((0...51).contains(quantizer), "an H.264 quantizer of \(quantizer)")
    precondition(
      allSatisfy { $0.width == width && $0.height == height },
      "the frames of a video have one size")
    var message = [CChar](repeating: 0, count: Int(CFFMPEG_ERROR_SIZE))
    var status = CFFMPEG_OK
    let size = width * height * 3
    let source = count == 1 ? self[0].pixels : flatMap(\.pixels)
    let values = unsafe [UInt8](unsafeUninitializedCapacity: kept * size) { target, filled in
      status = unsafe cffmpeg_through_h264(
        source, Int32(count), Int32(kept), Int32(width), Int32(height), Int32(quantizer),
        Int32(interval ?? 0), target.baseAddress, &message)
      filled = status == CFFMPEG_OK ? kept * size : 0
    }
    guard status == CFFMPEG_OK else { throw .unencodable(reason: sentence(message)) }
    return (0..<kept).map { index in
      Image(
        width: width, height: height,
        pixels: Array<UInt8>(values[index * size..<(index + 1) * size])
      )
    }
  }
}
