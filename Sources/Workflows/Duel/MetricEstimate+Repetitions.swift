import Detection

extension MetricEstimate {
  /// The mean over repetitions; with one alone its own figure and interval.
  ///
  /// Over several the interval is one of means of repetitions, not of clips.
  ///
  /// - Parameter range: what the figure cannot leave; nil for a difference.
  static func overRepetitions(_ figures: [MetricEstimate], within range: ClosedRange<Double>? = nil)
    -> MetricEstimate
  {
    guard figures.count > 1 else {
      return figures.first
        ?? MetricEstimate(value: nil, interval: nil, reason: "not measured")
    }
    let values = figures.compactMap(\.value)
    guard !values.isEmpty else { return figures[0] }
    return MetricEstimate(
      value: values.reduce(0, +) / Double(values.count),
      interval: StudentInterval.of(values, within: range),
      reason: values.count == 1 ? "it is defined in one repetition only" : nil)
  }
}

extension MetricEstimate {
  /// On which side of 0 the interval lies.
  enum Sign { case above, below, undecided }

  /// `undecided` where the interval holds 0, or is not known.
  var sign: Sign {
    guard let interval else { return .undecided }
    return interval.low > 0 ? .above : interval.high < 0 ? .below : .undecided
  }

  /// The same difference seen from the other side.
  var negated: MetricEstimate {
    MetricEstimate(
      value: value.map { -$0 }, interval: interval.map { Interval(low: -$0.high, high: -$0.low) },
      reason: reason)
  }
}
