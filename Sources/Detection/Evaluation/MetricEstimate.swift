/// A measured number with its 95 % interval, or why there is none.
public struct MetricEstimate: Codable, Equatable, Sendable {
  /// Nil where the figure is not defined.
  public let value: Double?
  /// Where it would lie in 95 of 100 repetitions with other clips; nil where that is not known.
  public let interval: Interval?
  /// Why the value or its interval is nil.
  public let reason: String?

  /// A number, or why there is none.
  public init(value: Double?, interval: Interval? = nil, reason: String? = nil) {
    (self.value, self.interval, self.reason) = (value, interval, reason)
  }

  /// An interval of numbers, its ends included.
  public struct Interval: Codable, Equatable, Sendable {
    public let low: Double
    public let high: Double

    /// From `low` to `high`.
    public init(low: Double, high: Double) { (self.low, self.high) = (low, high) }

    /// The middle 95 of 100 draws.
    ///
    /// - Parameter draws: at least one, in any order.
    init(of draws: [Double]) {
      let sorted = draws.sorted()
      let edge = sorted.count / 40
      (low, high) = (sorted[edge], sorted[sorted.count - 1 - edge])
    }
  }
}
