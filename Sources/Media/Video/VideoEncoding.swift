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
