public import Faces
import Foundation

/// What a detector says of samples, beside what they are.
///
/// Scores rank the samples; decisions, calibration and reliability rest on the probabilities, which
/// rise with the scores.
public struct ScoredSamples<Level: EvaluationLevel>: Sendable {
  /// Higher is more surely fake; any finite numbers.
  public let scores: [Double]
  /// How probably each is fake, 0…1.
  public let probabilities: [Double]
  /// What each is.
  public let labels: [Label]
  /// What each must be drawn together with when figures get their intervals, such as its source clip.
  public let groups: [String]

  /// Samples of any level, for those who aggregate.
  init(scores: [Double], probabilities: [Double], labels: [Label], groups: [String]) {
    precondition(
      scores.count == labels.count && groups.count == labels.count
        && probabilities.count == labels.count,
      "\(scores.count) scores, \(labels.count) labels, \(groups.count) groups")
    precondition(scores.allSatisfy(\.isFinite), "a score is not finite")
    precondition(probabilities.allSatisfy { (0...1).contains($0) }, "a probability beyond 0…1")
    (self.scores, self.probabilities) = (scores, probabilities)
    (self.labels, self.groups) = (labels, groups)
  }

  /// How many samples there are.
  public var count: Int { labels.count }

  /// How many are real and fake.
  public var balance: ClassBalance { ClassBalance(of: labels) }
}

extension ScoredSamples where Level == Frames {
  /// Frames as a detector scored them.
  ///
  /// - Parameter logits: one a frame, before calibration.
  public init(
    logits: [Double], calibration: Calibration = .none, labels: [Label], groups: [String]
  ) {
    let calibrated = logits.map(calibration.logit)
    self.init(
      scores: calibrated, probabilities: calibrated.map(logistic), labels: labels, groups: groups)
  }

  /// Frames with probabilities alone, 0…1, such as the mean of several detectors.
  public init(probabilities: [Double], labels: [Label], groups: [String]) {
    self.init(
      scores: probabilities, probabilities: probabilities, labels: labels, groups: groups)
  }
}

/// From a logit to a probability.
func logistic(_ logit: Double) -> Double {
  logit >= 0 ? 1 / (1 + exp(-logit)) : exp(logit) / (1 + exp(logit))
}

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
