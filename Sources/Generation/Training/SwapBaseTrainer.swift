public import Engine
public import Faces
public import Media

/// Settings of training a `SwapBase`.
public struct SwapBaseSettings: Codable, Equatable, Sendable {
  /// Training steps.
  public var iterations = 12_000
  /// Faces in a step.
  public var batch = 32
  /// The peak learning rate of Adam.
  public var learningRate: Float = 1e-3
  /// The weight of DSSIM beside the mean absolute error.
  public var structuralWeight: Float = 1
  /// The decay of the averaged weights, which are the ones that are used.
  public var averageDecay = 0.999
  /// The augmentation of training pictures.
  public var warp = WarpSettings()
  /// The random seed.
  public var seed: UInt64 = 1

  /// The settings of the embedded base, which was trained in 9000 steps.
  public init() {
    warp.plainFraction = 0.2
    warp.jitter = ColorJitter(strength: 2)
  }
}

/// A picture to train a `SwapBase` on.
public struct SwapBasePicture: Sendable {
  /// 256×256, as in a face set.
  public let image: Image
  /// The person's number, from 0.
  public let person: Int
  /// The scene's number: pictures of one scene differ only by the person.
  public let scene: Int

  public init(image: Image, person: Int, scene: Int) {
    (self.image, self.person, self.scene) = (image, person, scene)
  }
}

/// Trains a `SwapBase`: every picture is turned into itself, or into another person's picture of the same
/// scene where there is one.
///
/// All randomness depends only on the seed and the step, so a resumed run ends with the same bits
/// as an uninterrupted one.
public struct SwapBaseTrainer {
  /// The settings.
  public let settings: SwapBaseSettings
  /// The model, whose weights change with each step.
  public let model: SwapBase
  /// The number of completed steps.
  public private(set) var iteration = 0

  /// The ranks that make the steps.
  public let ranks: Ranks
  private let share: BatchShare
  private let people: [Int]
  private let batches: WarpedBatches
  private var optimizer: Optimizer
  private var average: MovingAverage
  private let schedule: Schedule

  /// Training before its first step.
  ///
  /// - Parameter pictures: at least one; their people are numbered without gaps.
  public init(
    _ settings: SwapBaseSettings, pictures: [SwapBasePicture], people: Int, ranks: Ranks = .alone
  ) {
    precondition(!pictures.isEmpty, "no pictures to train on")
    self.ranks = ranks
    share = BatchShare(of: settings.batch, over: ranks)
    self.settings = settings
    self.people = pictures.map(\.person)
    let randomness = RandomSource(seed: settings.seed)
    model = SwapBase(people: people, randomness: randomness.split(0))
    let scenes = Dictionary(grouping: pictures.indices) { pictures[$0].scene }
    batches = WarpedBatches(
      of: pictures.map(\.image), targets: pictures.map { scenes[$0.scene] ?? [] },
      size: settings.batch, settings: settings.warp, randomness: randomness.split(1))
    schedule = Schedule(.cosine, warmup: min(100, settings.iterations / 10), floor: 0.02)
    optimizer = Optimizer(.adam(), parameters: model.parameters)
    average = MovingAverage(decay: settings.averageDecay, parameters: model.parameters)
  }

  /// One step; throws if a value is not finite.
  ///
  /// - Returns: the loss.
  public mutating func step() throws(EngineError) -> Float {
    send(true)
    return try advance()
  }

  private mutating func advance() throws(EngineError) -> Float {
    let batch = batches.batch(iteration: iteration, samples: share.samples)
    let own = model.learn(from: batch.input, to: batch.targetPictures.map { people[$0] }) { made in
      let error = MeanAbsoluteError()(made, batch.target, weight: nil)
      let structure = DSSIM()(made, batch.target, weight: nil)
      return share.part(
        of: LossValue(
          value: error.value + settings.structuralWeight * structure.value,
          gradient: error.gradient.adding(structure.gradient, times: settings.structuralWeight)))
    }
    let loss = optimizer.sumGradients(over: ranks, beside: [own])[0]
    guard loss.isFinite else { throw .notFinite(what: "The loss", iteration: iteration + 1) }
    let factor = schedule.factor(
      at: Double(iteration) / Double(settings.iterations), iteration: iteration)
    guard optimizer.step(learningRate: settings.learningRate * factor) else {
      throw .notFinite(what: "A gradient", iteration: iteration + 1)
    }
    average.update()
    iteration += 1
    return loss
  }

  /// Calls `body` while the model has its averaged weights.
  public mutating func withAverage<Result>(_ body: (SwapBase) throws -> Result) rethrows -> Result {
    average.swap()
    defer { average.swap() }
    return try body(model)
  }
}

extension SwapBaseTrainer: RankedTrainer {
  /// Takes over the state of rank 0.
  public mutating func shareState() {
    let ranks = ranks
    ranks.share(model.parameters)
    optimizer.share(over: ranks)
    average.share(over: ranks)
    iteration = ranks.broadcast(iteration) ?? iteration
  }

  /// Makes a step that rank 0 makes, too.
  public mutating func carryOut(_ order: Bool) throws(EngineError) { _ = try advance() }
}

extension SwapBaseTrainer {
  /// The value of `kind` in the metadata of training states.
  private static let kind = "dflab swap base training"

  /// Writes everything needed to resume.
  ///
  /// - Parameter program: the name and version of the program, for the metadata.
  public func save(to path: String, by program: String) throws(EngineError) {
    let entries = model.parameters.entries + average.entries + optimizer.entries
    try Checkpoint.write(
      entries,
      metadata: [
        "kind": SwapBaseTrainer.kind, "settings": settings.checkpointText, "program": program,
        "iteration": String(iteration),
      ], to: path)
  }

  /// Restores what `save(to:by:)` wrote.
  public mutating func restore(from path: String) throws(EngineError) {
    let file = try CheckpointFile(path)
    guard file.metadata["kind"] == SwapBaseTrainer.kind,
      let iteration = file.metadata["iteration"].flatMap(Int.init), iteration >= 0
    else {
      throw .unreadableCheckpoint(path: path, reason: "it is no training state of a swap base")
    }
    guard file.metadata["settings"] == settings.checkpointText else {
      throw .mismatchedCheckpoint(path: path, reason: "it was trained with other settings")
    }
    try model.parameters.restore(from: file)
    try average.restore(from: file)
    try optimizer.restore(from: file)
    self.iteration = iteration
  }

  /// Writes a model for `SwapModel.init(reading:)`, of the mean person on both sides.
  public mutating func saveModel(to path: String, by program: String) throws(EngineError) {
    let entries = withAverage { $0.model().parameters.entries }
    try Checkpoint.write(
      entries, metadata: SwapTrainer.metadata(SwapSettings(.fast), program: program), to: path)
  }
}
