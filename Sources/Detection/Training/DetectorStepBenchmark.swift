public import Engine

/// The computations of a detector's training or inference without pictures, for benchmarks.
///
/// A step is forward, backward and optimizer on a fixed random batch, as other programs' steps are
/// measured; without augmentation and averaging of weights.
public struct DetectorStepBenchmark {
  /// The network.
  public let network: DetectorNetwork
  private let scoring: DetectorNetwork
  private let batch: DetectorBatch
  private let settings: DetectorSettings
  private var optimizer: Optimizer

  /// - Parameter profile: records the cost of each layer.
  public init(_ settings: DetectorSettings, profile: LayerProfile? = nil) {
    self.settings = settings
    let randomness = RandomSource(seed: settings.seed)
    let side = settings.input.side
    let frames = settings.architecture.frames
    let fresh = DetectorNetwork(
      settings.architecture, side: side, randomness: randomness.split(0))
    network = profile.map { fresh.watched(by: $0) } ?? fresh
    scoring = profile.map { fresh.forScoring.watched(by: $0) } ?? fresh.forScoring
    let noise = Tensor.stacked(settings.batch * frames, part: [side, side, 3]) { index, part in
      var source = randomness.split(1).split(index)
      for place in part.indices { part[place] = Float(source.uniform(-1...1)) }
    }
    batch = DetectorBatch(
      input: noise.reshaped(to: network.inputShape(settings.batch)),
      targets: Tensor(
        shape: [settings.batch, 1], values: (0..<settings.batch).map { Float($0 % 2) }),
      weights: Tensor(
        shape: [settings.batch, 1], values: Array(repeating: 1, count: settings.batch)))
    optimizer = Optimizer(settings.method, parameters: network.parameters)
  }

  /// One training step.
  public mutating func train() {
    _ = network.learn(
      from: batch, smoothing: 0, precision: settings.precision, randomness: RandomSource(seed: 0))
    optimizer.step(learningRate: settings.learningRate)
  }

  /// The scores of the batch.
  public func score() {
    _ = scoring.logits(batch.input.converted(to: settings.precision))
  }
}
