/// A number that a run logged.
public struct RunMetric: Encodable, Equatable, Sendable {
  /// The name, with components separated by dots, such as `truth.a2b.ssim`.
  public let name: String
  /// The number of steps; nil for a result of the whole run.
  public let iteration: Int?
  /// Seconds of training.
  public let seconds: Double?
  public let value: Double

  init(_ row: MetricRow) {
    (name, iteration, seconds, value) = (row.name, row.iteration, row.seconds, row.value)
  }
}
