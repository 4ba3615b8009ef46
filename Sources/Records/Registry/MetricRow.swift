/// A number that a run logged.
struct MetricRow: Codable, Equatable, Sendable {
  /// The run's folder.
  let run: String
  /// The name, with components separated by dots, such as `truth.a2b.ssim`.
  let name: String
  /// The number of steps; nil for a result of the whole run.
  let iteration: Int?
  /// Seconds of training.
  let seconds: Double?
  let value: Double
  /// The ends of its 95 % interval; nil if unknown.
  var low, high: Double?
}
