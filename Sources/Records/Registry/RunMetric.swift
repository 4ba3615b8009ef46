/// A number that a run logged.
public struct RunMetric: Encodable, Equatable, Sendable {
  /// The name, with components separated by dots, such as `truth.a2b.ssim`.
  public let name: String
  /// The number of steps; nil for a result of the whole run.
  public let iteration: Int?
  /// Seconds of training.
  public let seconds: Double?
  public let value: Double
  /// The ends of its 95 % interval; nil if unknown.
  public let low, high: Double?

  init(_ row: MetricRow) {
    (name, iteration, seconds, value) = (row.name, row.iteration, row.seconds, row.value)
    (low, high) = (row.low, row.high)
  }

  /// The number, with its interval.
  public var text: String {
    let value = NumberText.short(value)
    guard let low, let high else { return value }
    return "\(value) (\(NumberText.short(low)) to \(NumberText.short(high)))"
  }
}
