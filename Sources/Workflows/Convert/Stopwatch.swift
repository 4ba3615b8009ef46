import Synchronization

/// Adds up the duration of each stage, over threads.
final class Stopwatch: Sendable {
  private let times = Mutex<[String: Double]>([:])

  /// Runs `body` and adds its duration to a stage.
  func time<Result, Failure: Error>(
    _ stage: String, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let start = ContinuousClock.now
    defer { add(start.duration(to: .now) / .seconds(1), to: stage) }
    return try body()
  }

  /// Adds a duration in seconds to a stage.
  func add(_ seconds: Double, to stage: String) {
    times.withLock { $0[stage, default: 0] += seconds }
  }

  /// Seconds by stage.
  var seconds: [String: Double] { times.withLock { $0 } }
}
