import Engine

/// Settings of training against a frozen adversary.
public struct AdversarySettings: Codable, Equatable, Sendable {
  /// The adversary's name, such as that of a detector's checkpoint.
  public var name: String
  /// The SHA-256 of its file.
  public var hash = ""
  /// The weight of the evasion loss in the generator's loss.
  public var weight: Float = 0.1
  /// Swaps per direction that it scores in a step.
  public var batch = 4
  /// The weight of the fidelity loss: the distance to the swaps of the initial weights.
  ///
  /// The fidelity loss is the mean absolute difference plus DSSIM; nil for none. Without it only
  /// the adversary constrains the swaps, and what evades a detector need not look like a face.
  public var fidelity: Float? = 1

  /// The default weights and number of swaps.
  public init(_ name: String) { self.name = name }
}

/// The trained weights that initialize training.
public struct SwapInitialization: Codable, Equatable, Sendable {
  /// The name of the model.
  public var name: String
  /// The SHA-256 of its file; empty for the carried weights, which are the program's.
  public var hash = ""

  /// The weights of a model.
  public init(_ name: String) { self.name = name }

  /// What asks for random weights in place of a name.
  public static let none = "none"
  /// The weights that the program carries, which `fast` begins with by default.
  public static let carried = SwapInitialization(CarriedModel.swapBase.rawValue)

  /// Whether these are the carried ones: faces of nobody in particular.
  public var isCarried: Bool { name == SwapInitialization.carried.name }
}

/// Settings of adversarial training with a discriminator per side.
public struct AdversarialSettings: Codable, Equatable, Sendable {
  /// The kind of adversarial loss.
  public enum Kind: String, Codable, CaseIterable, Sendable {
    /// Least squares (Mao and others 2017).
    case lsgan
    /// Hinge loss (Lim & Ye 2017).
    case hinge
  }

  /// The kind of adversarial loss.
  public var kind: Kind
  /// The weight of the adversarial loss in the generator's loss.
  public var weight: Float = 0.1
  /// The learning rate of the discriminators' Adam, before the schedule.
  public var learningRate: Float = 2e-4
  /// Steps before the discriminators start; over as many again the adversarial loss ramps up.
  public var warmup = 500

  /// The best known settings.
  public init(_ kind: Kind) { self.kind = kind }

  /// The weight of the adversarial loss in a step, counted from 0.
  func strength(at iteration: Int) -> Float {
    guard iteration >= warmup else { return 0 }
    return weight * Float(min(1, Double(iteration - warmup + 1) / Double(max(1, warmup))))
  }
}

extension AdversarialSettings.Kind {
  /// The adversarial loss of generated pictures, before weighting, with its gradient with respect to
  /// them; the discriminator is unchanged except for its singular vectors.
  ///
  /// - Parameter share: the samples of a batch that they are; the loss is their part of the batch's.
  func adversarialLoss(
    of made: Tensor, by discriminator: any Layer, _ share: BatchShare? = nil
  ) -> LossValue {
    var saved = Saved(.training)
    let loss = loss(.generator)
    let value = share.part(of: loss(discriminator.forward(made, saving: &saved)))
    let gradient = discriminator.backward(value.gradient, from: &saved)
    for named in discriminator.parameters where named.parameter.isTrainable {
      named.parameter.clearGradient()
    }
    return LossValue(value: value.value, gradient: gradient)
  }

  /// Adds a discriminator's gradients.
  ///
  /// - Parameters:
  ///   - pictures: real ones, then as many generated ones.
  ///   - share: the samples of a batch that these are.
  /// - Returns: their part of the batch's mean loss over real and generated pictures, and their scores.
  func learn(
    _ discriminator: any Layer, from pictures: Tensor, _ share: BatchShare? = nil
  ) -> (loss: Float, real: Tensor, made: Tensor) {
    let count = pictures.shape[0] / 2
    var saved = Saved(.training)
    let scores = discriminator.forward(pictures, saving: &saved)
    let (real, made) = (scores.samples(0..<count), scores.samples(count..<2 * count))
    let (towardReal, towardFake) = (loss(.real), loss(.fake))
    let realLoss = share.part(of: towardReal(real))
    let madeLoss = share.part(of: towardFake(made))
    _ = discriminator.backward(
      Tensor.joined([realLoss.gradient.scaled(by: 0.5), madeLoss.gradient.scaled(by: 0.5)]),
      from: &saved)
    return ((realLoss.value + madeLoss.value) / 2, real, made)
  }

  private func loss(_ aim: AdversarialTarget) -> any UntargetedLoss {
    switch self {
    case .lsgan: LeastSquaresGAN(aim)
    case .hinge: HingeGAN(aim)
    }
  }
}
