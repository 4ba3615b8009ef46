/// A number that a run has logged.
public struct RunMetric: Encodable, Equatable, Sendable {
  /// What was measured; parts of a figure follow after dots, such as `truth.a2b.ssim`.
  public let name: String
  /// After how many steps; nil for a result of the whole run.
  public let iteration: Int?
  /// After how many seconds of training.
  public let seconds: Double?
  public let value: Double

  init(_ row: MetricRow) {
    (name, iteration, seconds, value) = (row.name, row.iteration, row.seconds, row.value)
  }
}
