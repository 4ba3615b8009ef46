public import Faces
import Foundation

/// A detector's scores of samples, with their labels.
///
/// Ranking metrics use the scores; decisions, calibration and reliability use the probabilities,
/// which increase with the scores.
public struct ScoredSamples<Level: EvaluationLevel>: Sendable {
  /// Higher is more likely fake; any finite numbers.
  public let scores: [Double]
  /// The probability of fake of each sample, 0…1.
  public let probabilities: [Double]
  /// The label of each sample.
  public let labels: [Label]
  /// The group of each sample for bootstrap intervals, such as its source clip.
  public let groups: [String]

  /// Samples of any level, for aggregation.
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

  /// The number of samples.
  public var count: Int { labels.count }

  /// The numbers of real and fake samples.
  public var balance: ClassBalance { ClassBalance(of: labels) }
}

extension ScoredSamples where Level == Frames {
  /// Frames with a detector's logits.
  ///
  /// - Parameter logits: one per frame, before calibration.
  public init(
    logits: [Double], calibration: Calibration = .none, labels: [Label], groups: [String]
  ) {
    let calibrated = logits.map(calibration.logit)
    self.init(
      scores: calibrated, probabilities: calibrated.map(logistic), labels: labels, groups: groups)
  }

  /// Frames with probabilities only, 0…1, such as those of an ensemble.
  public init(probabilities: [Double], labels: [Label], groups: [String]) {
    self.init(
      scores: probabilities, probabilities: probabilities, labels: labels, groups: groups)
  }
}

/// From a logit to a probability.
func logistic(_ logit: Double) -> Double {
  logit >= 0 ? 1 / (1 + exp(-logit)) : exp(logit) / (1 + exp(logit))
}

/// The unit that one score refers to.
///
/// Metrics per frame and per video differ considerably, so the type system separates them.
public protocol EvaluationLevel: Sendable {
  /// The name of one sample in reports.
  static var name: String { get }
}

/// One score per frame.
public enum Frames: EvaluationLevel {
  public static let name = "frame"
}

/// One score per video, aggregated over its frames.
public enum Videos: EvaluationLevel {
  public static let name = "video"
}
