/// What one score stands for.
///
/// Figures of frames and figures of videos differ by far, so the compiler keeps them apart.
public protocol EvaluationLevel: Sendable {
  /// What reports call one sample.
  static var name: String { get }
}

/// One score a frame.
public enum Frames: EvaluationLevel {
  public static let name = "frame"
}

/// One score a video, made from those of its frames.
public enum Videos: EvaluationLevel {
  public static let name = "video"
}
