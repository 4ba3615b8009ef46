import Detection
import Faces
import Media

/// A face that was scored.
struct ScoredFace: Sendable {
  /// What one detector says of it.
  enum Answer: Equatable, Sendable {
    /// How probably it is fake, calibrated.
    case score(Double)
    /// No score, and why not.
    case notApplicable(String)
    /// The clip that it is in goes on.
    case pending
  }

  /// The frame's number, from 0; nil for a picture.
  let frame: Int?
  /// When it is shown, in seconds; nil for a picture.
  let time: Double?
  /// Where it is, in pixels of the frame.
  let box: FaceBox?
  /// Whose face it is, from 0: in the order of first appearance, and once all faces are known by size
  /// and duration.
  var person: Int
  /// How its picture compares with those that detectors know.
  let quality: InputQuality
  /// One a detector.
  var answers: [Answer]
  /// The aligned face; kept for the most telling faces alone.
  var clip: FaceClip?
  /// What moved the score of the clip that begins with this face, by the place of the detector; kept for
  /// each person's most fake clip alone.
  var evidence: [Int: [DetectorEvidence]] = [:]

  /// A face before anything is said of it, by so many detectors.
  init(_ clip: FaceClip, detectors: Int) {
    (frame, time, person) = (clip.frames[0].number, clip.frames[0].time, clip.track ?? 0)
    box = clip.frames[0].box
    quality = InputQuality(of: clip.frames[0], in: try? clip.source?.part(0))
    answers = [Answer](repeating: .pending, count: detectors)
    self.clip = clip
    // Whole frames are not held for the explanation.
    self.clip?.source = nil
  }

  /// How probably it is fake by each detector, calibrated; nil where one has no score.
  var scores: [Double?] {
    answers.map { answer in
      guard case .score(let score) = answer else { return nil }
      return score
    }
  }

  /// True once every detector has answered.
  var isSettled: Bool { !answers.contains(.pending) }
}
