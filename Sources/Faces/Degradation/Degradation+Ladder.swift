extension Degradation {
  /// A kind of degradation.
  public enum Kind: String, CaseIterable, Codable, Sendable {
    case jpeg, h264, transcode, resize, blur, sharpen, noise, color
  }

  /// FaceForensics++'s visually near-lossless videos: a quantizer of 23.
  public static let c23 = Degradation.h264(quantizer: 23)
  /// FaceForensics++'s low-quality videos: a quantizer of 40.
  public static let c40 = Degradation.h264(quantizer: 40)

  /// The kind of this degradation.
  public var kind: Kind {
    switch self {
    case .jpeg: .jpeg
    case .h264: .h264
    case .transcode: .transcode
    case .sharpen: .sharpen
    case .resize: .resize
    case .blur: .blur
    case .noise: .noise
    case .color: .color
    }
  }

  /// Five strengths of a kind, from weak to strong, for pictures of 256×256.
  public static func ladder(_ kind: Kind) -> [Degradation] {
    switch kind {
    case .jpeg: [90, 75, 60, 45, 30].map { .jpeg(quality: $0) }
    case .h264: [18, 23, 29, 35, 40].map { .h264(quantizer: $0) }
    case .transcode:
      [(0.9, 20), (0.75, 24), (0.6, 28), (0.5, 32), (0.4, 36)].map {
        .transcode(scale: $0.0, quantizer: $0.1, motion: nil)
      }
    case .sharpen: [0.25, 0.5, 1, 1.5, 2].map { .sharpen(amount: $0) }
    case .resize: [0.85, 0.7, 0.55, 0.4, 0.25].map { .resize(scale: $0) }
    case .blur: [0.5, 1, 1.5, 2, 3].map { .blur(deviation: $0) }
    case .noise: [2, 4, 8, 12, 18].map { .noise(deviation: $0) }
    case .color:
      [0.05, 0.1, 0.15, 0.2, 0.25].map {
        .color(brightness: $0, contrast: 1 + $0, saturation: 1 - 2 * $0)
      }
    }
  }
}
