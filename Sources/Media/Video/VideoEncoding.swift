/// A codec that videos are written with.
public enum VideoCodec: String, Codable, CaseIterable, Sendable {
  /// H.264, by x264: plays everywhere.
  case h264
  /// H.265, by x265: smaller, slower.
  case hevc
  /// FFV1: without loss for any pixels, in Matroska.
  case ffv1

  /// What FFmpeg calls the encoder.
  var encoder: String {
    switch self {
    case .h264: "libx264"
    case .hevc: "libx265"
    case .ffv1: "ffv1"
    }
  }
}

/// How frames are compressed.
public struct VideoEncoding: Codable, Equatable, Sendable {
  /// The codec.
  public var codec = VideoCodec.h264
  /// The rate factor (CRF), 0–51: lower is better and larger.
  public var quality = 18
  /// Every bit of every frame is kept, in the frames' own pixel format.
  public var isLossless = false
  /// How long the encoder searches, by x264's and x265's name for it.
  public var preset = "veryfast"
  /// Threads of the encoder.
  public var threads = 2

  /// H.264 that can hardly be told from its original.
  public init() {}
}
