import Generation

/// How fast training goes in this session.
struct TrainingRate {
  private var firstStep: SwapStep?
  private var lastStep: SwapStep?
  private var started: (progress: Double, at: ContinuousClock.Instant)?

  /// Takes note of a step.
  mutating func note(_ step: SwapStep, progress: Double?) {
    if firstStep == nil {
      firstStep = step
      started = progress.map { ($0, .now) }
    }
    lastStep = step
  }

  /// Faces a second of training, of both sides; nil until two steps are done.
  var faces: Double? {
    guard let firstStep, let lastStep, lastStep.seconds > firstStep.seconds else { return nil }
    return Double((lastStep.iteration - firstStep.iteration) * lastStep.faces)
      / (lastStep.seconds - firstStep.seconds)
  }

  /// How long the rest of the budget will take.
  func secondsLeft(_ progress: Double) -> Double? {
    guard let started, progress > started.progress else { return nil }
    let elapsed = started.at.duration(to: .now) / .seconds(1)
    return elapsed * (1 - progress) / (progress - started.progress)
  }
}
