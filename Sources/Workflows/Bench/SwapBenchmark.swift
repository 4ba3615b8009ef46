public import Engine
public import Generation

/// Benchmarks the training and swapping of swap models.
public struct SwapBenchmark: Sendable {
  /// The kind of measurement.
  public enum Mode: String, CaseIterable, Codable, Sendable {
    /// Whole training steps: forward, backward and optimizer, on a batch of each side.
    case train
    /// Swaps of a batch of one side.
    case infer
  }

  /// The kind of measurement.
  public var mode = Mode.train
  /// The model; `original` is that of the peer's benchmark.
  public var architecture = SwapArchitecture.original
  /// The storage format of activations.
  public var precision = Precision.float32
  /// Faces per side.
  public var batch = 16
  /// Measured rounds, after two warm-up rounds; the median counts.
  public var repeats = 5

  /// The peer's benchmark: training of `original`, float32, 16 faces of each side.
  public init() {}

  /// The result.
  public func measure() -> BenchmarkResult {
    var exercise = SwapStepBenchmark(settings)
    let seconds = median(of: &exercise)
    let faces = mode == .train ? 2 * batch : batch
    // A backward pass costs as much as two forward ones: the gradients of the input and of the
    // weights.
    let passes = mode == .train ? 3 : 1
    let operations = Double(2 * exercise.model.multiplyAdds * faces * passes)
    let memory = ProcessMemory.peak ?? 0
    return BenchmarkResult(
      model: architecture.rawValue, mode: mode.rawValue, precision: precision.rawValue,
      batch: batch, threads: ThreadPool.threads, facesPerSecond: Double(faces) / seconds,
      gflops: operations / seconds / 1e9,
      peakShare: operations / seconds / MatrixProduct.measuredPeak(), peakMemoryBytes: memory)
  }

  /// The mean cost of each layer per step or swap.
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
