import Faces

/// What a detector says of one clip.
public enum DetectorScore: Equatable, Sendable {
  /// A logit for each frame, of a detector that looks at each by itself: above 0 for fake.
  case frames([Double])
  /// One logit for the clip as a whole.
  case clip(Double)
  /// No score, and why not; to be read inside a sentence.
  case notApplicable(String)

  /// The logits: one a frame, or one for the clip; none where there is no score.
  public var logits: [Double] {
    switch self {
    case .frames(let logits): logits
    case .clip(let logit): [logit]
    case .notApplicable: []
    }
  }

  /// The scores of clips by a logit for each of their frames, one clip's after the other's.
  static func frames(_ logits: [Double], of clips: [FaceClip]) -> [DetectorScore] {
    var next = 0
    return clips.map { clip in
      defer { next += clip.frames.count }
      return .frames(Array(logits[next..<next + clip.frames.count]))
    }
  }

  /// A logit for each frame of the clip, where the clip's own stands for each of its frames.
  ///
  /// - Parameter count: how many frames the clip has.
  public func logits(byFrame count: Int) -> [Double?] {
    switch self {
    case .frames(let logits): logits
    case .clip(let logit): [Double?](repeating: logit, count: count)
    case .notApplicable: [Double?](repeating: nil, count: count)
    }
  }

  /// Why there is no score; nil where there is one.
  public var reason: String? {
    guard case .notApplicable(let reason) = self else { return nil }
    return reason
  }
}
