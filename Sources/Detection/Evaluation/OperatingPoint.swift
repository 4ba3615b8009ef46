import Faces
import Foundation

/// A threshold, and how often what was called at it was wrong where that was measured.
public struct OperatingPoint: Codable, Equatable, Sendable, CustomStringConvertible {
  /// The score at and above which a face is called fake, 0…1.
  public let threshold: Double
  /// How often it was wrong; nil where nobody has measured that.
  public let rates: ErrorRates?

  /// A threshold of which no more is known.
  public init(threshold: Double, rates: ErrorRates? = nil) {
    (self.threshold, self.rates) = (threshold, rates)
  }

  /// The best threshold of samples, with the error rates on the same.
  ///
  /// - Parameter data: which samples they are, such as `validation`.
  public init(
    bestOf samples: ScoredSamples<some EvaluationLevel>, on data: String
  ) throws(DetectionError) {
    threshold = try samples.bestThreshold()
    rates = ErrorRates(of: samples, threshold: threshold, on: data)
  }

  /// True for a score that is called fake.
  public func isFake(_ score: Double) -> Bool { score >= threshold }

  /// The verdict on a score in words, everywhere the same: what it is called, the threshold, and the
  /// error rates there.
  ///
  /// Such as "fake: score 0.45, at or above the threshold 0.44 (validation: false positive rate
  /// 5.1 %, false negative rate 8.0 %, n = 600)".
  public func statement(of score: Double) -> String {
    // As many digits as tell the two apart.
    var digits = 2
    while digits < 6, score != threshold, text(score, digits) == text(threshold, digits) {
      digits += 1
    }
    let side = isFake(score) ? "fake: score" : "real: score"
    let place = isFake(score) ? "at or above" : "below"
    return "\(side) \(text(score, digits)), \(place) the \(description(digits))"
  }

  /// The threshold and its error rates, as `statement` has them.
  public var description: String { description(2) }

  private func description(_ digits: Int) -> String {
    "threshold \(text(threshold, digits)) (\(measured))"
  }

  private var measured: String {
    guard let rates else { return "error rates not measured" }
    return "\(rates.data): false positive rate \(percent(rates.falsePositive)), "
      + "false negative rate \(percent(rates.falseNegative)), n = \(rates.count)"
  }

  private func text(_ value: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }

  private func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }
}

/// How often calls at a threshold were wrong.
public struct ErrorRates: Codable, Equatable, Sendable {
  /// The share of real samples that were called fake, 0…1.
  public let falsePositive: Double
  /// The share of fake samples that were called real, 0…1.
  public let falseNegative: Double
  /// How many samples both were measured on.
  public let count: Int
  /// Which samples these were, such as `validation`.
  public let data: String

  enum CodingKeys: String, CodingKey {
    case falsePositive = "false_positive_rate"
    case falseNegative = "false_negative_rate"
    case count, data
  }

  /// Nil where a class is missing.
  public init?(
    of samples: ScoredSamples<some EvaluationLevel>, threshold: Double, on data: String
  ) {
    let balance = samples.balance
    guard balance.missing == nil else { return nil }
    let confusion = ConfusionMatrix(of: samples, threshold: threshold)
    falsePositive = Double(confusion.falsePositives) / Double(balance.real)
    falseNegative = Double(confusion.falseNegatives) / Double(balance.fake)
    (count, self.data) = (balance.count, data)
  }

  /// True when the numbers can be what they say.
  var isUsable: Bool {
    (0...1).contains(falsePositive) && (0...1).contains(falseNegative) && count > 0
  }
}

extension ScoredSamples {
  /// The best threshold for calling samples fake; select it on validation samples.
  ///
  /// It maximizes balanced accuracy, and thus Youden's index, and lies midway between two samples;
  /// ties go to the threshold nearest to one half. If no threshold beats a constant answer, it is
  /// one half.
  public func bestThreshold() throws(DetectionError) -> Double {
    let balance = balance
    if let missing = balance.missing {
      throw .oneClass(purpose: "The choice of a threshold", missing: missing)
    }
    let order = probabilities.indices.sorted { probabilities[$0] > probabilities[$1] }
    var (best, threshold) = (0, 0.5)
    var (reals, fakes) = (0, 0)
    for (here, next) in zip(order, order.dropFirst()) {
      if labels[here] == .fake { fakes += 1 } else { reals += 1 }
      let (upper, lower) = (probabilities[here], probabilities[next])
      guard lower < upper else { continue }
      // Youden's index, scaled to an integer.
      let gain = fakes * balance.real - reals * balance.fake
      let middle = (upper + lower) / 2
      let cut = middle > lower ? middle : upper
      guard gain > best || (gain == best && abs(cut - 0.5) < abs(threshold - 0.5)) else { continue }
      (best, threshold) = (gain, cut)
    }
    return threshold
  }
}
