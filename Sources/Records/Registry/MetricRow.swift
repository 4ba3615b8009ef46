/// A number that a run has logged.
struct MetricRow: Codable, Equatable, Sendable {
  /// The run's home.
  let run: String
  /// What was measured; parts of a figure follow after dots, such as `truth.a2b.ssim`.
  let name: String
  /// After how many steps; nil for a result of the whole run.
  let iteration: Int?
  /// After how many seconds of training.
  let seconds: Double?
  let value: Double
}
