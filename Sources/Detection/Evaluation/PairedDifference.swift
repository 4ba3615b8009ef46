/// The difference between two detectors on the same samples.
///
/// Both are evaluated on each bootstrap draw, so the difficulty of samples cancels.
public struct PairedDifference<Level: EvaluationLevel>: Codable, Equatable, Sendable {
  /// The first detector's value minus the second's.
  public let difference: MetricEstimate
  /// The two-sided bootstrap p-value of the difference.
  ///
  /// At least 2 / (draws + 1); nil if the difference has no interval.
  public let pValue: Double?

  enum CodingKeys: String, CodingKey {
    case difference
    case pValue = "p_value"
  }

  /// - Parameters:
  ///   - first: the first detector's samples and threshold.
  ///   - second: the second's, on the same samples in the same order.
  public init(
    in metric: Metric, _ first: (samples: ScoredSamples<Level>, threshold: Double),
    _ second: (samples: ScoredSamples<Level>, threshold: Double),
    bootstrap: Bootstrap = Bootstrap()
  ) {
    precondition(
      first.samples.labels == second.samples.labels
        && first.samples.groups == second.samples.groups, "two detectors on different samples")
    let one = RankedSamples(first.samples, threshold: first.threshold)
    let other = RankedSamples(second.samples, threshold: second.threshold)
    @Sendable func gap(_ weights: [Int]) -> Double? {
      guard let here = one.values(weights: weights)[metric],
        let there = other.values(weights: weights)[metric]
      else { return nil }
      return here - there
    }
    guard let value = gap([Int](repeating: 1, count: one.groupCount)) else {
      difference = MetricEstimate(
        value: nil, interval: nil, reason: metric.reason(first.samples.balance))
      pValue = nil
      return
    }
    let draws =
      one.groupCount < 2 ? [] : bootstrap.map(groups: one.groupCount, gap).compactMap { $0 }
    guard !draws.isEmpty else {
      difference = MetricEstimate(
        value: value, interval: nil, reason: "all samples are from one source")
      pValue = nil
      return
    }
    difference = MetricEstimate(
      value: value, interval: MetricEstimate.Interval(of: draws), reason: nil)
    let below = draws.count { $0 <= 0 }
    let above = draws.count { $0 >= 0 }
    pValue = min(1, 2 * Double(min(below, above) + 1) / Double(draws.count + 1))
  }
}
