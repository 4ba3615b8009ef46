public import Engine
import Faces
public import Media

/// Settings of training `PictureAutoencoders`.
public struct AutoencoderSettings: Codable, Equatable, Sendable {
  /// Training steps; each trains one of the three autoencoders, in turn.
  public var iterations = 4500
  /// Patches in a step.
  public var batch = 16
  /// The peak learning rate of Adam.
  public var learningRate: Float = 5e-4
  /// The weight of DSSIM beside the mean absolute error.
  public var structuralWeight: Float = 0.5
  /// The standard deviation of the noise on the code, so that codes nearby decode alike.
  public var noise = 0.05
  /// The adversarial loss, one discriminator for each autoencoder.
  public var gan = AdversarialSettings(.lsgan)
  /// The random seed.
  public var seed: UInt64 = 1

  /// The settings that the embedded autoencoders were trained with.
  public init() { gan.weight = 0.05 }

  /// Pixels along a side of a patch.
  public static let side = 64
}

/// Trains `PictureAutoencoders` on patches of pictures.
///
/// All randomness depends only on the seed and the step, so a resumed run ends with the same bits
/// as an uninterrupted one.
public struct AutoencoderTrainer {
  /// The settings.
  public let settings: AutoencoderSettings
  /// The autoencoders, whose weights change with each step.
  public let model: PictureAutoencoders
  /// The number of completed steps.
  public private(set) var iteration = 0

  /// The ranks that make the steps.
  public let ranks: Ranks
  private let share: BatchShare
  private let pictures: [Image]
  private let discriminators: [any Layer]
  private var optimizers: [(generator: Optimizer, discriminator: Optimizer)]
  private let randomness: RandomSource
  private let schedule: Schedule

  /// Training before its first step.
  ///
  /// - Parameter pictures: face crops of 256×256, at least one.
  public init(_ settings: AutoencoderSettings, pictures: [Image], ranks: Ranks = .alone) {
    precondition(!pictures.isEmpty, "no pictures to train on")
    self.ranks = ranks
    share = BatchShare(of: settings.batch, over: ranks)
    self.settings = settings
    self.pictures = pictures
    // In steps of one autoencoder.
    schedule = Schedule(.cosine, warmup: min(100, settings.iterations / 15), floor: 0.05)
    randomness = RandomSource(seed: settings.seed)
    model = PictureAutoencoders(randomness: randomness.split(0))
    let source = randomness.split(1)
    discriminators = PictureAutoencoders.Upsampling.allCases.indices.map {
      patchDiscriminator(source.split($0), inputs: 3)
    }
    optimizers = []
    for (index, kind) in PictureAutoencoders.Upsampling.allCases.enumerated() {
      optimizers.append(
        (
          Optimizer(
            .adam(beta1: 0.5, beta2: 0.99), parameters: model.parameters(of: kind),
            name: "optimizer.\(kind.rawValue)"),
          Optimizer(
            .adam(beta1: 0.5, beta2: 0.99), parameters: discriminators[index].parameters,
            name: "discriminator_optimizer.\(kind.rawValue)")
        ))
    }
  }

  /// The result of a step.
  public struct Step: Codable, Equatable, Sendable {
    /// The number of completed steps, including this one.
    public let iteration: Int
    /// The autoencoder that was trained.
    public let kind: PictureAutoencoders.Upsampling
    /// The mean absolute error, 0…1.
    public let error: Float
    /// The adversarial loss, before weighting; nil before the discriminators start.
    public let adversarialLoss: Float?
  }

  /// One step of one autoencoder and its discriminator; throws if a value is not finite.
  public mutating func step() throws(EngineError) -> Step {
    send(true)
    return try advance()
  }

  private mutating func advance() throws(EngineError) -> Step {
    let kinds = PictureAutoencoders.Upsampling.allCases
    let (index, turn) = (iteration % kinds.count, iteration / kinds.count)
    let source = randomness.split(2).split(iteration)
    let real = batch(randomness: source.split(0))
    let factor = schedule.factor(
      at: Double(iteration) / Double(settings.iterations), iteration: turn)
    let pair = model[kinds[index]]
    var (encoded, decoded) = (Saved(.training), Saved(.training))
    let code = pair.encoder.forward(real, saving: &encoded)
      .noised(deviation: settings.noise, randomness: source.split(1), share)
    let made = pair.decoder.forward(code, saving: &decoded)
    let error = share.part(of: MeanAbsoluteError()(made, real, weight: nil))
    let structure = share.part(of: DSSIM()(made, real, weight: nil))
    var gradient = error.gradient.adding(structure.gradient, times: settings.structuralWeight)
    let strength = settings.gan.strength(at: turn)
    var adversarial: Float?
    if strength > 0 {
      let loss = settings.gan.kind.adversarialLoss(
        of: made, by: discriminators[index], share)
      gradient = gradient.adding(loss.gradient, times: strength)
      adversarial = loss.value
    }
    _ = pair.encoder.backward(pair.decoder.backward(gradient, from: &decoded), from: &encoded)
    let sums = optimizers[index].generator.sumGradients(
      over: ranks, beside: [error.value, adversarial ?? 0])
    guard sums[0].isFinite else {
      throw .notFinite(what: "The loss", iteration: iteration + 1)
    }
    guard optimizers[index].generator.step(learningRate: settings.learningRate * factor) else {
      throw .notFinite(what: "A gradient", iteration: iteration + 1)
    }
    if strength > 0 {
      _ = settings.gan.kind.learn(discriminators[index], from: Tensor.joined([real, made]), share)
      _ = optimizers[index].discriminator.sumGradients(over: ranks, beside: [])
      guard
        optimizers[index].discriminator.step(learningRate: settings.gan.learningRate * factor)
      else { throw .notFinite(what: "A discriminator's gradient", iteration: iteration + 1) }
    }
    iteration += 1
    return Step(
      iteration: iteration, kind: kinds[index], error: sums[0],
      adversarialLoss: adversarial.map { _ in sums[1] })
  }

  /// Random patches of random pictures, `[N, 64, 64, 3]` in 0…1, of random scale, half of them
  /// mirrored.
  ///
  /// A patch shows 64 to 160 pixels of a crop, so that autoencoders know faces of many sizes.
  private func batch(randomness: RandomSource) -> Tensor {
    let (side, pictures, first) = (AutoencoderSettings.side, pictures, share.samples.lowerBound)
    return Tensor.stacked(share.samples.count, part: [side, side, 3]) { index, part in
      var chance = randomness.split(first + index)
      let picture = chance.one(of: pictures)
      let least = min(picture.width, picture.height)
      let size = min(least, Int(chance.uniform(64...160)))
      let x = Int(chance.uniform(0...Double(picture.width - size)))
      let y = Int(chance.uniform(0...Double(picture.height - size)))
      var patch = picture.cropped(x: x, y: y, width: size, height: size)
        .resized(width: side, height: side, filter: .area)
      if chance.happens(0.5) { patch = patch.flippedHorizontally() }
      for place in patch.pixels.indices { part[place] = Float(patch.pixels[place]) / 255 }
    }
  }
}

extension AutoencoderTrainer: RankedTrainer {
  /// Takes over the state of rank 0.
  public mutating func shareState() {
    let ranks = ranks
    ranks.share(model.parameters)
    for index in discriminators.indices {
      ranks.share(discriminators[index].parameters)
      optimizers[index].generator.share(over: ranks)
      optimizers[index].discriminator.share(over: ranks)
    }
    iteration = ranks.broadcast(iteration) ?? iteration
  }

  /// Makes a step that rank 0 makes, too.
  public mutating func carryOut(_ order: Bool) throws(EngineError) { _ = try advance() }
}

extension AutoencoderTrainer {
  /// Writes everything needed to resume.
  ///
  /// - Parameter program: the name and version of the program, for the metadata.
  public func save(to path: String, by program: String) throws(EngineError) {
    var entries = model.parameters.entries
    for (index, kind) in PictureAutoencoders.Upsampling.allCases.enumerated() {
      entries += discriminators[index].parameters.under("discriminator.\(kind.rawValue)").entries
      entries += optimizers[index].generator.entries + optimizers[index].discriminator.entries
    }
    var metadata = metadata(program)
    metadata["iteration"] = String(iteration)
    try Checkpoint.write(entries, metadata: metadata, to: path)
  }

  /// Writes only the autoencoders, for `PictureAutoencoders.init`.
  public func saveModel(to path: String, by program: String) throws(EngineError) {
    try Checkpoint.write(model.parameters.entries, metadata: metadata(program), to: path)
  }

  /// Restores what `save(to:by:)` wrote.
  public mutating func restore(from path: String) throws(EngineError) {
    let file = try CheckpointFile(path)
    guard file.metadata["kind"] == PictureAutoencoders.kind,
      let iteration = file.metadata["iteration"].flatMap(Int.init), iteration >= 0
    else {
      throw .unreadableCheckpoint(path: path, reason: "it is no training state of autoencoders")
    }
    guard file.metadata["settings"] == settings.checkpointText else {
      throw .mismatchedCheckpoint(path: path, reason: "it was trained with other settings")
    }
    try model.parameters.restore(from: file)
    for (index, kind) in PictureAutoencoders.Upsampling.allCases.enumerated() {
      try discriminators[index].parameters.under("discriminator.\(kind.rawValue)")
        .restore(from: file)
      try optimizers[index].generator.restore(from: file)
      try optimizers[index].discriminator.restore(from: file)
    }
    self.iteration = iteration
  }

  private func metadata(_ program: String) -> [String: String] {
    [
      "kind": PictureAutoencoders.kind, "settings": settings.checkpointText, "program": program,
      "input": "RGB in 0...1, sides a multiple of 8; [N, H, W, C]",
    ]
  }
}
