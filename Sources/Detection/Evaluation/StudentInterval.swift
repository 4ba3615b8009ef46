/// The 95 % interval of the mean of a few independent values (Student 1908).
///
/// For numbers as small as those of repetitions: a bootstrap of three values would only know their
/// range.
public enum StudentInterval {
  /// The interval; nil for fewer than two values.
  ///
  /// - Parameter range: the bounds of the mean, such as 0…1; nil for none.
  public static func of(_ values: [Double], within range: ClosedRange<Double>? = nil)
    -> MetricEstimate.Interval?
  {
    guard values.count > 1 else { return nil }
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let reach = quantile(values.count - 1) * (squares / (count - 1) / count).squareRoot()
    let (low, high) = (mean - reach, mean + reach)
    guard let range else { return MetricEstimate.Interval(low: low, high: high) }
    return MetricEstimate.Interval(
      low: max(low, range.lowerBound), high: min(high, range.upperBound))
  }

  /// The 97.5 % quantile of Student's distribution, to three decimals.
  private static func quantile(_ degrees: Int) -> Double {
    // >>> scipy.stats.t.ppf(0.975, range(1, 31))
    let table = [
      12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
      2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
      2.052, 2.048, 2.045, 2.042,
    ]
    return degrees <= table.count ? table[degrees - 1] : 1.96 + 2.5 / Double(degrees)
  }
}
