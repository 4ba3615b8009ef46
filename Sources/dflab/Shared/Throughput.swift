/// How fast a session gets on with work that an earlier one may have begun.
struct Throughput {
  private let before: Int
  private let start: ContinuousClock.Instant

  /// - Parameters:
  ///   - before: what was done when the session began.
  ///   - start: when that was.
  init(before: Int, since start: ContinuousClock.Instant = .now) {
    (self.before, self.start) = (before, start)
  }

  /// Pieces a second; nil until one is done.
  func rate(_ done: Int) -> Double? {
    let seconds = start.duration(to: .now) / .seconds(1)
    return done > before && seconds > 0 ? Double(done - before) / seconds : nil
  }
}
