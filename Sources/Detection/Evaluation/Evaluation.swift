/// The metrics of a detector on samples of one level, with intervals, and those of a constant baseline.
public struct Evaluation<Level: EvaluationLevel>: Codable, Equatable, Sendable {
  /// The level: "frame" or "video".
  public let level: String
  /// The numbers of real and fake samples.
  public let balance: ClassBalance
  /// The number of groups that were resampled for intervals.
  public let groups: Int
  /// The score at and above which a sample is classified as fake, 0…1.
  public let threshold: Double
  public let confusion: ConfusionMatrix
  public let metrics: [Metric: MetricEstimate]
  /// The metrics of the constant baseline, whose score is the share of fakes.
  public let constant: [Metric: MetricEstimate]
  /// A warning about accuracy; nil where the classes are balanced.
  public let warning: String?

  /// - Parameters:
  ///   - threshold: selected on validation data; see `ScoredSamples.bestThreshold`.
  ///   - bootstrap: the resampling for intervals.
  public init(
    of samples: ScoredSamples<Level>, threshold: Double = 0.5, bootstrap: Bootstrap = Bootstrap()
  ) {
    let ranked = RankedSamples(samples, threshold: threshold)
    let once = [Int](repeating: 1, count: ranked.groupCount)
    let values = ranked.values(weights: once)
    let balance = samples.balance
    let draws =
      ranked.groupCount < 2
      ? [] : bootstrap.map(groups: ranked.groupCount) { ranked.values(weights: $0) }

    var metrics: [Metric: MetricEstimate] = [:]
    for metric in Metric.allCases {
      // Recall is undefined in a draw without fakes; such draws are skipped.
      let drawn = draws.compactMap { $0[metric] }
      let interval = drawn.isEmpty ? nil : MetricEstimate.Interval(of: drawn)
      guard let value = values[metric] else {
        metrics[metric] = MetricEstimate(value: nil, interval: nil, reason: metric.reason(balance))
        continue
      }
      metrics[metric] = MetricEstimate(
        value: value, interval: interval,
        reason: interval == nil ? "all samples are from one source" : nil)
    }
    let share = [Double](repeating: balance.fakeShare, count: samples.count)
    let answer = ScoredSamples<Level>(
      scores: share, probabilities: share, labels: samples.labels, groups: samples.groups)
    let gained = RankedSamples(answer, threshold: 0.5).values(weights: once)
    constant = Dictionary(
      uniqueKeysWithValues: Metric.allCases.map { metric in
        let value = gained[metric]
        let reason = value == nil ? metric.reason(balance) : nil
        return (metric, MetricEstimate(value: value, interval: nil, reason: reason))
      })
    level = Level.name
    self.balance = balance
    groups = ranked.groupCount
    self.threshold = threshold
    confusion = ConfusionMatrix(of: samples, threshold: threshold)
    self.metrics = metrics
    warning = balance.warning
  }

  /// The value of one metric.
  public subscript(metric: Metric) -> Double? { metrics[metric]?.value }
}
