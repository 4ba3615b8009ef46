/// Says now and then that it is time again.
struct Throttle {
  private let gap: Duration
  private var last: ContinuousClock.Instant

  /// Due for the first time when `gap` has passed since `start`.
  init(every gap: Duration, from start: ContinuousClock.Instant = .now) {
    (self.gap, last) = (gap, start)
  }

  /// True once in every gap.
  mutating func isDue(at now: ContinuousClock.Instant = .now) -> Bool {
    guard last.duration(to: now) >= gap else { return false }
    last = now
    return true
  }
}
