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

  /// The ranks that make the steps.
  public let ranks: Ranks
  private let share: BatchShare
  private let batches: DetectorBatches
  private let randomness: RandomSource
  var optimizer: Optimizer
  var average: MovingAverage?

  /// A training that has not made a step yet.
  ///
  /// - Parameters:
  ///   - samples: those to train on; both classes must be there to learn anything.
  ///   - degrading: the degradation of each picture before it is shifted; nil for none.
  ///   - ranks: those that make the steps.
  public init(
    _ settings: DetectorSettings, samples: NetworkSamples,
    degrading: DetectorBatches.Degrading? = nil, ranks: Ranks = .alone
  ) {
    (self.settings, self.ranks) = (settings, ranks)
    share = BatchShare(of: settings.batch, over: ranks)
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
    send(progress)
    return try advance(progress: progress)
  }

  private mutating func advance(progress: Double) throws(EngineError) -> DetectorStep {
    let start = ContinuousClock.now
    let batch = batches.batch(iteration: state.iteration, samples: share.samples)
    let own = learn(from: batch, randomness: randomness.split(state.iteration))
    let loss = optimizer.sumGradients(over: ranks, beside: [own])[0]
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

  /// Adds the gradients of the batch to the parameters, and returns its part of the loss.
  private func learn(from batch: DetectorBatch, randomness: RandomSource) -> Float {
    let (smoothing, precision) = (settings.labelSmoothing, settings.precision)
    guard let places else {
      return network.learn(
        from: batch, smoothing: smoothing, precision: precision, randomness: randomness,
        share: share)
    }
    return places.learn(
      from: batch, smoothing: smoothing, weight: settings.placeWeight, precision: precision,
      randomness: randomness, share: share)
  }

  /// True if the score has not improved for `patience` evaluations.
  public var isOver: Bool { settings.patience.map { state.waited >= $0 } ?? false }
}

extension DetectorTrainer: RankedTrainer {
  /// Takes over the state of rank 0.
  public mutating func shareState() {
    let ranks = ranks
    ranks.share(network.parameters + (places?.parameters ?? []))
    optimizer.share(over: ranks)
    average?.share(over: ranks)
    state = ranks.broadcast(state) ?? state
  }

  /// Makes a step that rank 0 makes, too.
  public mutating func carryOut(_ progress: Double) throws(EngineError) {
    _ = try advance(progress: progress)
  }
}

extension DetectorNetwork {
  /// Adds the gradient of the batch's loss to the parameters, and returns the loss.
  ///
  /// - Parameter share: the samples of the step's batch that these are; the loss is their part of it.
  func learn(
    from batch: DetectorBatch, smoothing: Float, precision: Precision, randomness: RandomSource,
    share: BatchShare? = nil
  ) -> Float {
    var saved = Saved(.training, randomness: randomness, share: share)
    let logits = body.forward(batch.input.converted(to: precision), saving: &saved)
    let loss = BinaryCrossEntropy(labelSmoothing: smoothing)
    let value = share.part(of: loss(logits, batch.targets, weight: batch.weights))
    _ = body.backward(value.gradient.converted(to: logits.precision), from: &saved)
    return value.value
  }
}
