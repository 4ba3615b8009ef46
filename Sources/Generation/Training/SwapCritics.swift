import Engine

/// The two critics of a training with `--gan`, and what they learn by.
struct SwapCritics {
  let settings: AdversarialSettings
  private let a, b: any Layer
  private var optimizer: Optimizer

  /// Fresh critics.
  init(_ settings: AdversarialSettings, randomness: RandomSource) {
    self.settings = settings
    a = patchCritic(randomness.split(0))
    b = patchCritic(randomness.split(1))
    optimizer = Optimizer(
      .adam(beta1: 0.5), parameters: SwapCritics.parameters(a, b), name: "critic_optimizer")
  }

  /// One side's faces in a step: real ones and made ones, each with the input that it belongs to.
  struct Exhibit {
    let side: Side
    /// `[N, 64, 64, 3]` each, 0…1, float32.
    let real, made, input: Tensor
  }

  /// What the generator pays for made faces that the critic finds out, before its weight.
  ///
  /// - Returns: the loss, and its gradient by the faces; the critic is left as it was but for its
  ///   singular vectors.
  func fooling(_ exhibit: Exhibit) -> LossValue {
    let critic = critic(exhibit.side)
    var saved = Saved(.training)
    let scores = critic.forward(Tensor.besides([exhibit.made, exhibit.input]), saving: &saved)
    let loss = loss(.fooling)
    let price = loss(scores, weight: nil)
    let gradient = critic.backward(price.gradient, from: &saved)
    for named in critic.parameters where named.parameter.isTrainable {
      named.parameter.clearGradient()
    }
    return LossValue(value: price.value, gradient: gradient.channels(0..<3))
  }

  /// One step of both critics.
  ///
  /// - Returns: the critic's opinion of each exhibit; nil when a gradient was not finite.
  mutating func learn(from exhibits: [Exhibit], rate: Float) -> [CriticOpinion]? {
    let opinions = exhibits.map { exhibit in
      let critic = critic(exhibit.side)
      let count = exhibit.real.shape[0]
      let faces = Tensor.besides([
        Tensor.joined([exhibit.real, exhibit.made]),
        Tensor.joined([exhibit.input, exhibit.input]),
      ])
      var saved = Saved(.training)
      let scores = critic.forward(faces, saving: &saved)
      let (real, made) = (scores.samples(0..<count), scores.samples(count..<2 * count))
      let (judgeReal, judgeMade) = (loss(.real), loss(.fake))
      let (realLoss, madeLoss) = (judgeReal(real, weight: nil), judgeMade(made, weight: nil))
      let gradient = Tensor.joined([
        realLoss.gradient.scaled(by: 0.5), madeLoss.gradient.scaled(by: 0.5),
      ])
      _ = critic.backward(gradient, from: &saved)
      return CriticOpinion(
        side: exhibit.side, loss: (realLoss.value + madeLoss.value) / 2,
        separation: separation(real, made))
    }
    return optimizer.step(learningRate: rate) ? opinions : nil
  }

  /// The share of patches that are on their side of the middle, real ones above and made ones
  /// below, from 0 (as by chance, or worse) to 1.
  private func separation(_ real: Tensor, _ made: Tensor) -> Double {
    let middle: Float = settings.kind == .lsgan ? 0.5 : 0
    let right = real.values.count { $0 > middle } + made.values.count { $0 < middle }
    return max(0, 2 * Double(right) / Double(real.count + made.count) - 1)
  }

  private func loss(_ aim: AdversarialAim) -> any UntargetedLoss {
    switch settings.kind {
    case .lsgan: LeastSquaresGAN(aim)
    case .hinge: HingeGAN(aim)
    }
  }

  private func critic(_ side: Side) -> any Layer { side == .a ? a : b }

  private static func parameters(_ a: any Layer, _ b: any Layer) -> [NamedParameter] {
    a.parameters.under("critic_a") + b.parameters.under("critic_b")
  }
}

extension SwapCritics {
  /// What a checkpoint must hold to go on with the same bits.
  var entries: [CheckpointEntry] { parameters.entries + optimizer.entries }

  /// What the critics have learnt, and their singular vectors.
  var parameters: [NamedParameter] { SwapCritics.parameters(a, b) }

  /// Takes up what `entries` wrote.
  mutating func restore(from source: some TensorSource) throws(EngineError) {
    try parameters.restore(from: source)
    try optimizer.restore(from: source)
  }
}

/// What a critic made of a step's faces.
public struct CriticOpinion: Equatable, Sendable {
  /// Whose faces.
  public let side: Side
  /// The critic's own loss, the mean over real and made faces.
  public let loss: Float
  /// How many patches it put on the right side: from 0 (as by chance, or worse) to 1 (all).
  public let separation: Double
}
