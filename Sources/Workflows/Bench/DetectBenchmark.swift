public import Detection
public import Engine

/// Benchmarks the training and inference of a detector network.
public struct DetectBenchmark: Sendable {
  /// The kind of measurement.
  public enum Mode: String, CaseIterable, Codable, Sendable {
    /// Whole training steps: forward, backward and optimizer, on one batch.
    case train
    /// Inference on a batch, with batch normalization folded into convolutions.
    case infer
  }

  /// The kind of measurement.
  public var mode = Mode.train
  /// The network.
  public var architecture = NetworkArchitecture.efficientnetB0
  /// The storage format of activations.
  public var precision = Precision.float32
  /// The number of faces, or clips, in a batch; nil for that of training.
  public var batch: Int?
  /// The side of the network's input, in pixels.
  public var side = 128
  /// Measured rounds, after two warm-up rounds; the median counts.
  public var repeats = 5

  /// Training of `efficientnet-b0`, float32, faces of 128×128.
  public init() {}

  /// The result.
  public func measure() -> BenchmarkResult {
    var exercise = DetectorStepBenchmark(settings)
    let seconds = median(of: &exercise)
    // A backward pass costs as much as two forward ones: the gradients of the input and of the
    // weights.
    let passes = mode == .train ? 3 : 1
    let (batch, frames) = (settings.batch, architecture.frames)
    let operations = Double(2 * exercise.network.multiplyAdds * batch * passes)
    return BenchmarkResult(
      model: architecture.rawValue, mode: mode.rawValue, precision: precision.rawValue,
      batch: batch, threads: ThreadPool.threads, frames: frames > 1 ? frames : nil,
      facesPerSecond: Double(batch * frames) / seconds,
      gflops: operations / seconds / 1e9,
      peakShare: operations / seconds / MatrixProduct.measuredPeak(),
      peakMemoryBytes: ProcessMemory.peak ?? 0)
  }

  /// The mean cost of each layer per round.
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
    settings.batch = batch ?? settings.batch
    (settings.precision, settings.input.side) = (precision, side)
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
