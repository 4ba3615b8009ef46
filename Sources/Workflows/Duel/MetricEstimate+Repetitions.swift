import Detection

extension MetricEstimate {
  /// The mean over repetitions; for a single one, its value and interval.
  ///
  /// For several, the interval is over repetitions, not over clips.
  ///
  /// - Parameter range: the range of the metric; nil for a difference.
  static func overRepetitions(_ metrics: [MetricEstimate], within range: ClosedRange<Double>? = nil)
    -> MetricEstimate
  {
    guard metrics.count > 1 else {
      return metrics.first
        ?? MetricEstimate(value: nil, interval: nil, reason: "not measured")
    }
    let values = metrics.compactMap(\.value)
    guard !values.isEmpty else { return metrics[0] }
    return MetricEstimate(
      value: values.reduce(0, +) / Double(values.count),
      interval: StudentInterval.of(values, within: range),
      reason: values.count == 1 ? "it is defined in one repetition only" : nil)
  }
}

extension MetricEstimate {
  /// The position of the interval relative to 0.
  enum Sign { case above, below, undecided }

  /// `undecided` if the interval contains 0 or is unknown.
  var sign: Sign {
    guard let interval else { return .undecided }
    return interval.low > 0 ? .above : interval.high < 0 ? .below : .undecided
  }

  /// The difference with the opposite sign.
  var negated: MetricEstimate {
    MetricEstimate(
      value: value.map { -$0 }, interval: interval.map { Interval(low: -$0.high, high: -$0.low) },
      reason: reason)
  }
}
