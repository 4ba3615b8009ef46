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
    precondition((0...51).contains(quantizer), "an H.264 quantizer of \(quantizer)")
    precondition(
      frames.allSatisfy { $0.width == width && $0.height == height },
      "the frames of a video have one size")
    var message = [CChar](repeating: 0, count: Int(CFFMPEG_ERROR_SIZE))
    var status = CFFMPEG_OK
    let source = frames.isEmpty ? pixels : frames.flatMap(\.pixels) + pixels
    let values = unsafe [UInt8](unsafeUninitializedCapacity: pixels.count) { target, count in
      status = unsafe cffmpeg_still_through_h264(
        source, Int32(frames.count + 1), Int32(width), Int32(height), Int32(quantizer),
        target.baseAddress, &message)
      count = status == CFFMPEG_OK ? pixels.count : 0
    }
    guard status == CFFMPEG_OK else { throw .unencodable(reason: sentence(message)) }
    return Image(width: width, height: height, pixels: values)
  }
}
