public import Engine
import Faces
import Media

/// Trains a swap model on the pictures of two people, step by step.
///
/// All randomness depends only on the seed and the step, so a resumed run ends with the same bits
/// as an uninterrupted one. Limits in minutes are the exception: they tie the learning rate to the
/// clock.
public struct SwapTrainer {
  /// The settings.
  public let settings: SwapSettings
  /// The model, whose weights change with each step.
  public let model: SwapModel
  /// The training state.
  public internal(set) var state = SwapState()

  let validator: SwapValidator
  var optimizer: Optimizer
  var average: MovingAverage?
  var discriminators: SwapDiscriminators?

  /// The ranks that make the steps.
  public let ranks: Ranks
  private let share: BatchShare
  private let a, b: WarpedBatches
  private let faces: [Side: SwapFaces]
  /// How far the heads in the training faces are turned.
  let poses: TrainedPoses
  private let adversary: (any SwapAdversary)?
  private let anchor: SwapModel?
  private let objective: SwapObjective
  private let randomness: RandomSource

  /// Training before its first step.
  ///
  /// - Parameters:
  ///   - start: trained initial weights, which training changes; nil for random ones.
  ///   - adversary: the one that `settings.adversary` names; nil for none.
  ///   - anchor: a separate model with the initial weights, for the fidelity loss; nil for none.
  ///   - ranks: those that make the steps; several cannot train against an adversary.
  public init(
    _ settings: SwapSettings, a: SwapFaces, b: SwapFaces, start: SwapModel? = nil,
    adversary: (any SwapAdversary)? = nil, anchor: SwapModel? = nil, ranks: Ranks = .alone
  ) {
    let randomness = RandomSource(seed: settings.seed)
    self.init(
      settings, a: a, b: b,
      model: start
        ?? SwapModel(
          settings.architecture, side: settings.side, hasMask: settings.mask != nil,
          randomness: randomness.split(0)),
      adversary: adversary, anchor: anchor, ranks: ranks)
  }

  init(
    _ settings: SwapSettings, a: SwapFaces, b: SwapFaces, model: SwapModel,
    adversary: (any SwapAdversary)? = nil, anchor: SwapModel? = nil, ranks: Ranks = .alone
  ) {
    precondition(ranks.count == 1 || adversary == nil, "an adversary on \(ranks.count) ranks")
    self.ranks = ranks
    share = BatchShare(of: settings.batch, over: ranks)
    self.settings = settings
    self.model = model
    (faces, self.adversary, self.anchor) = ([.a: a, .b: b], adversary, anchor)
    poses = TrainedPoses(a: a, b: b)
    randomness = RandomSource(seed: settings.seed)
    self.a = WarpedBatches(
      of: a.training, maps: settings.needsMaps ? a.maps : [], size: settings.batch,
      side: settings.side, settings: settings.warp, randomness: randomness.split(1))
    self.b = WarpedBatches(
      of: b.training, maps: settings.needsMaps ? b.maps : [], size: settings.batch,
      side: settings.side, settings: settings.warp, randomness: randomness.split(2))
    objective = SwapObjective(settings)
    validator = SwapValidator(a: a, b: b, settings)
    optimizer = Optimizer(
      .adam(beta1: settings.beta1, beta2: 0.999, epsilon: 1e-8), parameters: model.parameters)
    average =
      settings.averageDecay > 0
      ? MovingAverage(decay: settings.averageDecay, parameters: model.parameters) : nil
    discriminators = settings.gan.map { SwapDiscriminators($0, randomness: randomness.split(4)) }
  }

  /// One step on a batch of each side; throws if a value is not finite.
  ///
  /// - Parameter progress: the used share of the budget, 0…1; nil without a budget, when the
  ///   learning rate follows `Plateau`.
  public mutating func step(progress: Double?) throws(EngineError) -> SwapStep {
    send(Order(progress: progress, plateau: state.plateau))
    return try advance(progress: progress)
  }

  private mutating func advance(progress: Double?) throws(EngineError) -> SwapStep {
    let start = ContinuousClock.now
    let isWarped = settings.isWarped(progress: progress, plateau: state.plateau)
    let samples = share.samples
    let batches = [
      Side.a: a.batch(iteration: state.iteration, isWarped: isWarped, samples: samples),
      Side.b: b.batch(iteration: state.iteration, isWarped: isWarped, samples: samples),
    ]
    var traces = try learn(from: batches, randomness: randomness.split(3).split(state.iteration))
    try sumOverRanks(&traces)
    let evasion = try evade()
    let factor = settings.factor(progress: progress, plateau: state.plateau)
    guard optimizer.step(learningRate: settings.learningRate * factor) else {
      throw .notFinite(what: "A gradient", iteration: state.iteration + 1)
    }
    try trainDiscriminators(&traces, factor: factor)
    average?.update()
    state.iteration += 1
    state.seconds += start.duration(to: .now) / .seconds(1)
    return SwapStep(
      iteration: state.iteration, seconds: state.seconds, faces: 2 * settings.batch,
      lossA: traces.losses.a, lossB: traces.losses.b, terms: traces.terms,
      adversarialLoss: traces.adversarialLoss,
      evasionLosses: evasion.evasionLosses, fidelityLosses: evasion.fidelityLosses,
      outputs: traces.outputs,
      collapses: traces.collapses)
  }

  /// Intermediate results of a step.
  private struct Traces {
    var losses: (a: Float, b: Float) = (0, 0)
    var terms: [Side: [String: Float]] = [:]
    var adversarialLoss: [Side: Float] = [:]
    var exhibits: [SwapDiscriminators.Exhibit] = []
    var outputs: [DiscriminatorOutput] = []
    var collapses: [DiscriminatorCollapse] = []

    /// All losses, in a fixed order.
    var values: [Float] {
      [losses.a, losses.b]
        + Side.allCases.flatMap { side in
          (terms[side] ?? [:]).sorted { $0.key < $1.key }.map(\.value)
            + [adversarialLoss[side]].compactMap(\.self)
        }
    }

    /// Replaces all losses.
    mutating func replaceValues(by values: [Float]) {
      var rest = values[2...]
      losses = (values[0], values[1])
      for side in Side.allCases {
        for name in (terms[side] ?? [:]).keys.sorted() { terms[side]?[name] = rest.removeFirst() }
        if adversarialLoss[side] != nil { adversarialLoss[side] = rest.removeFirst() }
      }
    }
  }

  /// Adds the gradients of a step to the parameters.
  private func learn(
    from batches: [Side: WarpedBatch], randomness: RandomSource
  ) throws(EngineError) -> Traces {
    var traces = Traces()
    let sides = Side.allCases.compactMap { batches[$0] }
    let faces = Tensor.joined(sides.map(\.input)).converted(to: settings.precision)
    let strength = discriminators?.settings.strength(at: state.iteration) ?? 0
    traces.losses = model.learn(from: faces, randomness: randomness) { made, side in
      guard let batch = batches[side] else { preconditionFailure("no faces of \(side)") }
      let verdict = objective(made, batch, share)
      traces.terms[side] = verdict.terms
      guard strength > 0, let discriminators else { return verdict.loss }
      let exhibit = SwapDiscriminators.Exhibit(
        side: side, real: batch.target, made: SwappedFaces(made.converted(to: .float32)).faces,
        input: batch.input)
      traces.exhibits.append(exhibit)
      let adversarialLoss = discriminators.adversarialLoss(exhibit, share)
      traces.adversarialLoss[side] = adversarialLoss.value
      return verdict.loss.adding(adversarialLoss, times: strength)
    }
    return traces
  }

  /// Sums gradients and losses over ranks; each has those of its samples.
  private mutating func sumOverRanks(_ traces: inout Traces) throws(EngineError) {
    let sums = optimizer.sumGradients(over: ranks, beside: traces.values)
    traces.replaceValues(by: sums)
    for (name, loss) in [("A", traces.losses.a), ("B", traces.losses.b)] where !loss.isFinite {
      throw .notFinite(what: "The loss of \(name)", iteration: state.iteration + 1)
    }
  }

  /// Adds the gradients of the evasion and fidelity losses.
  ///
  /// Unwarped faces of each side are decoded by the other side's decoder, as in a swap.
  private func evade() throws(EngineError) -> (
    evasionLosses: [Side: Float], fidelityLosses: [Side: Float]
  ) {
    guard let adversary, let share = settings.adversary else { return ([:], [:]) }
    let source = randomness.split(5).split(state.iteration)
    let drawn = Side.allCases.map { side in
      faces[side]?.drawn(share.batch, randomness: source.split(side == .a ? 0 : 1)) ?? []
    }
    let crops = Crop.faces(of: drawn.flatMap { $0.map(\.picture) }, side: settings.side)
      .converted(to: settings.precision)
    var (evasionLosses, fidelityLosses): ([Side: Float], [Side: Float]) = ([:], [:])
    _ = model.learn(from: crops, isCrossed: true, randomness: source.split(2)) { made, maker in
      let whose = drawn[maker == .a ? 1 : 0]
      let faces = SwappedFaces(made.converted(to: .float32)).faces
      let swaps = ShownSwaps(
        made: faces, pictures: whose.map(\.picture), landmarks: whose.map(\.landmarks),
        randomness: source.split(maker == .a ? 3 : 4))
      let evasionLoss = adversary.evasionLoss(of: swaps)
      evasionLosses[maker] = evasionLoss.value
      var loss = LossValue(value: evasionLoss.value, gradient: Tensor(zeros: made.shape))
        .adding(evasionLoss, times: share.weight)
      guard let anchor, let fidelity = share.fidelity else { return loss }
      let own = crops.samples(maker == .a ? share.batch..<2 * share.batch : 0..<share.batch)
      let kept = anchor.swap(own, to: maker).converted(to: .float32)
      for term in [MeanAbsoluteError(), DSSIM()] as [any Loss] {
        let fidelityLoss = term(faces, kept, weight: nil)
        fidelityLosses[maker, default: 0] += fidelityLoss.value
        loss = loss.adding(fidelityLoss, times: fidelity)
      }
      return loss
    }
    guard evasionLosses.values.allSatisfy(\.isFinite) else {
      throw .notFinite(what: "The adversary's loss", iteration: state.iteration + 1)
    }
    return (evasionLosses, fidelityLosses)
  }

  /// One step of the discriminators on the faces of a step.
  private mutating func trainDiscriminators(_ traces: inout Traces, factor: Float)
    throws(EngineError)
  {
    guard !traces.exhibits.isEmpty, let rate = discriminators?.settings.learningRate else { return }
    let share = share
    guard
      let outputs = discriminators?.learn(from: traces.exhibits, rate: rate * factor, share)
    else {
      throw .notFinite(what: "A discriminator's gradient", iteration: state.iteration + 1)
    }
    var watch = state.discriminators ?? DiscriminatorMonitor()
    traces.outputs = outputs
    traces.collapses = outputs.compactMap { watch.note($0) }
    state.discriminators = watch
  }
}

extension SwapTrainer: RankedTrainer {
  /// What a step depends on besides weights and number of steps.
  public struct Order: Codable, Sendable {
    let progress: Double?
    let plateau: Plateau
  }

  /// Takes over the state of rank 0.
  public mutating func shareState() {
    let ranks = ranks
    ranks.share(model.parameters)
    optimizer.share(over: ranks)
    average?.share(over: ranks)
    discriminators?.share(over: ranks)
    state = ranks.broadcast(state) ?? state
  }

  /// Makes a step that rank 0 makes, too.
  public mutating func carryOut(_ order: Order) throws(EngineError) {
    state.plateau = order.plateau
    _ = try advance(progress: order.progress)
  }
}

extension SwapFaces {
  /// Random training pictures with their landmarks, drawn with replacement.
  fileprivate func drawn(
    _ count: Int, randomness: RandomSource
  ) -> [(picture: Image, landmarks: [SIMD2<Float>]?)] {
    var chance = randomness
    return (0..<count).map { _ in
      let index = Int.random(in: training.indices, using: &chance)
      return (training[index], landmarks[index])
    }
  }
}

extension LossValue {
  /// This value, plus `factor` times the gradient of a discriminator's output for the first
  /// channels.
  fileprivate func adding(_ output: LossValue, times factor: Float) -> LossValue {
    let width = gradient.shape.last ?? 3
    let faces = gradient.channels(0..<3).adding(output.gradient, times: factor)
    return LossValue(
      value: value,
      gradient: width == 3 ? faces : Tensor.besides([faces, gradient.channels(3..<width)]))
  }
}
