import Faces

/// Counts of correctly and wrongly classified samples; fake is the positive class.
public struct ConfusionMatrix: Codable, Equatable, Sendable {
  /// Fake samples classified as fake.
  public var truePositives = 0
  /// Fake samples classified as real.
  public var falseNegatives = 0
  /// Real samples classified as fake.
  public var falsePositives = 0
  /// Real samples classified as real.
  public var trueNegatives = 0

  enum CodingKeys: String, CodingKey {
    case truePositives = "true_positives"
    case falseNegatives = "false_negatives"
    case falsePositives = "false_positives"
    case trueNegatives = "true_negatives"
  }

  /// A sample is classified as fake when its score is at least the threshold.
  public init(of samples: ScoredSamples<some EvaluationLevel>, threshold: Double) {
    for (probability, label) in zip(samples.probabilities, samples.labels) {
      switch (label, probability >= threshold) {
      case (.fake, true): truePositives += 1
      case (.fake, false): falseNegatives += 1
      case (.real, true): falsePositives += 1
      case (.real, false): trueNegatives += 1
      }
    }
  }
}
