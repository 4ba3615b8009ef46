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
  func adversarialLoss(_ exhibit: Exhibit) -> LossValue {
    let loss = settings.kind.adversarialLoss(
      of: Tensor.besides([exhibit.made, exhibit.input]), by: discriminator(exhibit.side))
    return LossValue(value: loss.value, gradient: loss.gradient.channels(0..<3))
  }

  /// One step of both discriminators.
  ///
  /// - Returns: the discriminators' outputs; nil if a gradient was not finite.
  mutating func learn(from exhibits: [Exhibit], rate: Float) -> [DiscriminatorOutput]? {
    let outputs = exhibits.map { exhibit in
      let learned = settings.kind.learn(
        discriminator(exhibit.side),
        from: Tensor.besides([
          Tensor.joined([exhibit.real, exhibit.made]),
          Tensor.joined([exhibit.input, exhibit.input]),
        ]))
      return DiscriminatorOutput(
        side: exhibit.side, loss: learned.loss, separation: separation(learned.real, learned.made))
    }
    return optimizer.step(learningRate: rate) ? outputs : nil
  }

  /// The share of patches on the correct side of the decision boundary, rescaled from 0 (chance, or
  /// worse) to 1.
  private func separation(_ real: Tensor, _ made: Tensor) -> Double {
    let middle: Float = settings.kind == .lsgan ? 0.5 : 0
    let right = real.values.count { $0 > middle } + made.values.count { $0 < middle }
    return max(0, 2 * Double(right) / Double(real.count + made.count) - 1)
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
