/// A measured number with its 95 % interval, or the reason why there is none.
public struct MetricEstimate: Codable, Equatable, Sendable {
  /// Nil if the metric is undefined.
  public let value: Double?
  /// The 95 % interval under resampling of clips; nil if unknown.
  public let interval: Interval?
  /// The reason why the value or its interval is nil.
  public let reason: String?

  /// A number, or the reason why there is none.
  public init(value: Double?, interval: Interval? = nil, reason: String? = nil) {
    (self.value, self.interval, self.reason) = (value, interval, reason)
  }

  /// A closed interval of numbers.
  public struct Interval: Codable, Equatable, Sendable {
    public let low: Double
    public let high: Double

    /// From `low` to `high`.
    public init(low: Double, high: Double) { (self.low, self.high) = (low, high) }

    /// The central 95 % of draws.
    ///
    /// - Parameter draws: at least one, in any order.
    init(of draws: [Double]) {
      let sorted = draws.sorted()
      let edge = sorted.count / 40
      (low, high) = (sorted[edge], sorted[sorted.count - 1 - edge])
    }
  }
}
