import Engine

/// The two discriminators of training with `--gan`, and their optimizer.
struct SwapDiscriminators {
  let settings: AdversarialSettings
  private let a, b: any Layer
  private var optimizer: Optimizer

  /// Discriminators with initial weights.
  init(_ settings: AdversarialSettings, randomness: RandomSource) {
    self.settings = settings
    a = patchDiscriminator(randomness.split(0))
    b = patchDiscriminator(randomness.split(1))
    optimizer = Optimizer(
      .adam(beta1: 0.5), parameters: SwapDiscriminators.parameters(a, b),
      name: "discriminator_optimizer")
  }

  /// One side's real and generated faces in a step, each with its input.
  struct Exhibit {
    let side: Side
    /// `[N, side, side, 3]` each, 0…1, float32.
    let real, made, input: Tensor
  }

  /// The adversarial loss of generated faces, before weighting.
  ///
  /// - Returns: the loss, and its gradient with respect to the faces; the discriminator is
  ///   unchanged except for its singular vectors.
  func adversarialLoss(_ exhibit: Exhibit, _ share: BatchShare? = nil) -> LossValue {
    let loss = settings.kind.adversarialLoss(
      of: Tensor.besides([exhibit.made, exhibit.input]), by: discriminator(exhibit.side),
      share)
    return LossValue(value: loss.value, gradient: loss.gradient.channels(0..<3))
  }

  /// One step of both discriminators.
  ///
  /// - Parameter share: the samples of the step's batch that the exhibits hold.
  /// - Returns: the discriminators' outputs; nil if a gradient was not finite.
  mutating func learn(
    from exhibits: [Exhibit], rate: Float, _ share: BatchShare? = nil
  ) -> [DiscriminatorOutput]? {
    let results = exhibits.flatMap { exhibit in
      let learned = settings.kind.learn(
        discriminator(exhibit.side),
        from: Tensor.besides([
          Tensor.joined([exhibit.real, exhibit.made]),
          Tensor.joined([exhibit.input, exhibit.input]),
        ]), share)
      let (right, count) = correct(learned.real, learned.made)
      return [learned.loss, Float(right), Float(count)]
    }
    let sums = optimizer.sumGradients(over: share?.ranks ?? .alone, beside: results)
    let outputs = exhibits.enumerated().map { index, exhibit in
      let (right, count) = (Double(sums[3 * index + 1]), Double(sums[3 * index + 2]))
      return DiscriminatorOutput(
        side: exhibit.side, loss: sums[3 * index], separation: max(0, 2 * right / count - 1))
    }
    return optimizer.step(learningRate: rate) ? outputs : nil
  }

  /// The number of patches on the correct side of the decision boundary, and of all.
  private func correct(_ real: Tensor, _ made: Tensor) -> (right: Int, count: Int) {
    let middle: Float = settings.kind == .lsgan ? 0.5 : 0
    let right = real.values.count { $0 > middle } + made.values.count { $0 < middle }
    return (right, real.count + made.count)
  }

  private func discriminator(_ side: Side) -> any Layer { side == .a ? a : b }

  private static func parameters(_ a: any Layer, _ b: any Layer) -> [NamedParameter] {
    a.parameters.under("discriminator_a") + b.parameters.under("discriminator_b")
  }
}

extension SwapDiscriminators {
  /// The checkpoint entries for resuming bit for bit.
  var entries: [CheckpointEntry] { parameters.entries + optimizer.entries }

  /// The discriminators' weights and singular vectors.
  var parameters: [NamedParameter] { SwapDiscriminators.parameters(a, b) }

  /// Takes over the state of rank 0.
  mutating func share(over ranks: Ranks) {
    ranks.share(parameters)
    optimizer.share(over: ranks)
  }

  /// Restores what `entries` wrote.
  mutating func restore(from source: some TensorSource) throws(EngineError) {
    try parameters.restore(from: source)
    try optimizer.restore(from: source)
  }
}

/// A discriminator's result for the faces of a step.
public struct DiscriminatorOutput: Codable, Equatable, Sendable {
  /// The side.
  public let side: Side
  /// The discriminator's own loss, the mean over real and generated faces.
  public let loss: Float
  /// The separation of patches: from 0 (chance, or worse) to 1 (all correct).
  public let separation: Double
}
