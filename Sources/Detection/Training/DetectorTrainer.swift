public import Engine

/// Trains a detector network.
///
/// The same settings, seed and samples give the same bits, even through `save` and `restore` and on
/// any number of threads.
public struct DetectorTrainer {
  /// The settings.
  public let settings: DetectorSettings
  /// The network.
  public let network: DetectorNetwork
  /// The training state.
  public internal(set) var state = DetectorState()

  /// The localization head; nil for none.
  let places: LocalizationHead?

  private let batches: DetectorBatches
  private let randomness: RandomSource
  var optimizer: Optimizer
  var average: MovingAverage?

  /// A training that has not made a step yet.
  ///
  /// - Parameters:
  ///   - samples: those to train on; both classes must be there to learn anything.
  ///   - degrading: the degradation of each picture before it is shifted; nil for none.
  public init(
    _ settings: DetectorSettings, samples: NetworkSamples,
    degrading: DetectorBatches.Degrading? = nil
  ) {
    self.settings = settings
    let randomness = RandomSource(seed: settings.seed)
    network = DetectorNetwork(
      settings.architecture, side: settings.input.side, dropping: settings.dropping,
      randomness: randomness.split(0))
    batches = DetectorBatches(
      of: samples, settings, degrading: degrading, randomness: randomness.split(1))
    self.randomness = randomness.split(2)
    // Mixed pictures differ everywhere, so localization is not possible.
    let learnsPlaces = settings.mixup == 0 && settings.placeWeight > 0
    places = learnsPlaces ? LocalizationHead(network, randomness: randomness.split(3)) : nil
    optimizer = Optimizer(
      settings.method, parameters: network.parameters + (places?.parameters ?? []))
    average =
      settings.averageDecay > 0
      ? MovingAverage(decay: settings.averageDecay, parameters: network.parameters) : nil
  }

  /// Initializes the weights with those of a trained detector of the same architecture.
  public mutating func begin(with detector: NetworkDetector) throws(EngineError) {
    precondition(state.iteration == 0, "the training has begun already")
    try network.parameters.restore(from: detector.checkpoint())
    if settings.averageDecay > 0 {
      average = MovingAverage(decay: settings.averageDecay, parameters: network.parameters)
    }
  }

  /// One step on one batch; throws if a value is not finite.
  ///
  /// - Parameter progress: the used share of the budget, 0…1.
  public mutating func step(progress: Double) throws(EngineError) -> DetectorStep {
    let start = ContinuousClock.now
    let batch = batches.batch(iteration: state.iteration)
    let loss = learn(from: batch, randomness: randomness.split(state.iteration))
    guard loss.isFinite else {
      throw .notFinite(what: "The loss", iteration: state.iteration + 1)
    }
    if let penalty = settings.penalty {
      for named in network.parameters where named.parameter.isTrainable {
        named.parameter.gradient = named.parameter.gradient
          .adding(named.parameter.value, times: penalty)
      }
    }
    let factor = settings.schedule.factor(at: progress, iteration: state.iteration)
    guard optimizer.step(learningRate: settings.learningRate * factor) else {
      throw .notFinite(what: "A gradient", iteration: state.iteration + 1)
    }
    average?.update()
    state.iteration += 1
    state.seconds += start.duration(to: .now) / .seconds(1)
    return DetectorStep(
      iteration: state.iteration, seconds: state.seconds, samples: settings.batch, loss: loss)
  }

  /// Adds the gradients of the batch to the parameters, and returns the loss over its samples.
  private func learn(from batch: DetectorBatch, randomness: RandomSource) -> Float {
    let (smoothing, precision) = (settings.labelSmoothing, settings.precision)
    guard let places else {
      return network.learn(
        from: batch, smoothing: smoothing, precision: precision, randomness: randomness)
    }
    return places.learn(
      from: batch, smoothing: smoothing, weight: settings.placeWeight, precision: precision,
      randomness: randomness)
  }

  /// True if the score has not improved for `patience` evaluations.
  public var isOver: Bool { settings.patience.map { state.waited >= $0 } ?? false }
}

extension DetectorNetwork {
  /// Adds the gradient of the batch's loss to the parameters, and returns the loss.
  func learn(
    from batch: DetectorBatch, smoothing: Float, precision: Precision, randomness: RandomSource
  ) -> Float {
    var saved = Saved(.training, randomness: randomness)
    let logits = body.forward(batch.input.converted(to: precision), saving: &saved)
    let loss = BinaryCrossEntropy(labelSmoothing: smoothing)
    let value = loss(logits, batch.targets, weight: batch.weights)
    _ = body.backward(value.gradient.converted(to: logits.precision), from: &saved)
    return value.value
  }
}
