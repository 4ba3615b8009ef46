public import Engine
public import Generation

/// Measures how fast swap models train and swap on this machine.
public struct SwapBenchmark: Sendable {
  /// What is measured.
  public enum Mode: String, CaseIterable, Codable, Sendable {
    /// Whole training steps: forward, backward and optimizer, on a batch of each side.
    case train
    /// Swaps of a batch of one side.
    case infer
  }

  /// What is measured.
  public var mode = Mode.train
  /// The model; `original` is the one that the peer's benchmark has.
  public var architecture = SwapArchitecture.original
  /// How activations are stored.
  public var precision = Precision.float32
  /// Faces of each side.
  public var batch = 16
  /// Rounds that are measured, after two that are not; their median counts.
  public var repeats = 5

  /// The peer's benchmark: training of `original`, float32, 16 faces of each side.
  public init() {}

  /// What came out.
  public func measure() -> BenchmarkResult {
    var exercise = SwapStepBenchmark(settings)
    let seconds = median(of: &exercise)
    let images = mode == .train ? 2 * batch : batch
    // A step back costs two forward: the gradients by the input and by the weights.
    let passes = mode == .train ? 3 : 1
    let operations = Double(2 * exercise.model.multiplyAdds * images * passes)
    let memory = ProcessMemory.peak ?? 0
    return BenchmarkResult(
      model: architecture.rawValue, mode: mode.rawValue, precision: precision.rawValue,
      batch: batch, threads: ThreadPool.threads, imagesPerSecond: Double(images) / seconds,
      gflops: operations / seconds / 1e9,
      peakShare: operations / seconds / MatrixProduct.measuredPeak(), peakMemoryBytes: memory)
  }

  /// What each layer costs in a step or a swap, mean over the rounds.
  public func layers() -> [LayerTiming] {
    let profile = LayerProfile()
    var exercise = SwapStepBenchmark(settings, profile: profile)
    for _ in 0..<2 { round(of: &exercise) }
    profile.clear()
    for _ in 0..<repeats { round(of: &exercise) }
    return profile.costs.filter { !$0.output.isEmpty }.map { LayerTiming($0, rounds: repeats) }
  }

  private var settings: SwapSettings {
    var settings = SwapSettings(architecture)
    (settings.batch, settings.precision) = (batch, precision)
    return settings
  }

  private func round(of exercise: inout SwapStepBenchmark) {
    switch mode {
    case .train: exercise.train()
    case .infer: exercise.swap()
    }
  }

  private func median(of exercise: inout SwapStepBenchmark) -> Double {
    for _ in 0..<2 { round(of: &exercise) }
    let times = (0..<repeats).map { _ in
      let start = ContinuousClock.now
      round(of: &exercise)
      return start.duration(to: .now) / .seconds(1)
    }.sorted()
    return (times[(repeats - 1) / 2] + times[repeats / 2]) / 2
  }
}
