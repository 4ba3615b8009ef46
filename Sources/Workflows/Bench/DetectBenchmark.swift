public import Detection
public import Engine

/// Measures how fast a detector's network trains and scores on this machine.
public struct DetectBenchmark: Sendable {
  /// What is measured.
  public enum Mode: String, CaseIterable, Codable, Sendable {
    /// Whole training steps: forward, backward and optimizer, on one batch.
    case train
    /// The scoring of a batch, with normalizations merged into convolutions.
    case infer
  }

  /// What is measured.
  public var mode = Mode.train
  /// The network.
  public var architecture = NetworkArchitecture.efficientnetB0
  /// How activations are stored.
  public var precision = Precision.float32
  /// Faces at once.
  public var batch = 32
  /// Pixels along a side of what the network is shown.
  public var side = 128
  /// Rounds that are measured, after two that are not; their median counts.
  public var repeats = 5

  /// Training of `efficientnet-b0`, float32, 32 faces of 128×128.
  public init() {}

  /// What came out.
  public func measure() -> BenchmarkResult {
    var exercise = DetectorStepBenchmark(settings)
    let seconds = median(of: &exercise)
    // A step back costs two forward: the gradients by the input and by the weights.
    let passes = mode == .train ? 3 : 1
    let operations = Double(2 * exercise.network.multiplyAdds * batch * passes)
    return BenchmarkResult(
      model: architecture.rawValue, mode: mode.rawValue, precision: precision.rawValue,
      batch: batch, threads: ThreadPool.threads, imagesPerSecond: Double(batch) / seconds,
      gflops: operations / seconds / 1e9,
      peakShare: operations / seconds / MatrixProduct.measuredPeak(),
      peakMemoryBytes: ProcessMemory.peak ?? 0)
  }

  /// What each layer costs in a step or a scoring, mean over the rounds.
  public func layers() -> [LayerTiming] {
    let profile = LayerProfile()
    var exercise = DetectorStepBenchmark(settings, profile: profile)
    for _ in 0..<2 { round(of: &exercise) }
    profile.clear()
    for _ in 0..<repeats { round(of: &exercise) }
    return profile.costs.filter { !$0.output.isEmpty }.map { LayerTiming($0, rounds: repeats) }
  }

  private var settings: DetectorSettings {
    var settings = DetectorSettings(architecture)
    (settings.batch, settings.precision, settings.input.side) = (batch, precision, side)
    return settings
  }

  private func round(of exercise: inout DetectorStepBenchmark) {
    switch mode {
    case .train: exercise.train()
    case .infer: exercise.score()
    }
  }

  private func median(of exercise: inout DetectorStepBenchmark) -> Double {
    for _ in 0..<2 { round(of: &exercise) }
    let times = (0..<repeats).map { _ in
      let start = ContinuousClock.now
      round(of: &exercise)
      return start.duration(to: .now) / .seconds(1)
    }.sorted()
    return (times[(repeats - 1) / 2] + times[repeats / 2]) / 2
  }
}
