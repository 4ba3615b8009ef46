/// How a discriminator a side takes part in a training.
public struct AdversarialSettings: Codable, Equatable, Sendable {
  /// What discriminator and generator are after.
  public enum Kind: String, Codable, CaseIterable, Sendable {
    /// Least squares (Mao and others 2017).
    case lsgan
    /// The hinge (Lim & Ye 2017).
    case hinge
  }

  /// What discriminator and generator are after.
  public var kind: Kind
  /// The share of the discriminator's output in the generator's loss.
  public var weight: Float = 0.1
  /// The step size of the discriminators' Adam, before the schedule.
  public var learningRate: Float = 2e-4
  /// Steps before the discriminators begin; over as many again their output gains its weight.
  public var warmUp = 500

  /// The settings that are best as far as is known.
  public init(_ kind: Kind) { self.kind = kind }

  /// What the discriminator's output weighs in a step, counted from 0.
  func strength(at iteration: Int) -> Float {
    guard iteration >= warmUp else { return 0 }
    return weight * Float(min(1, Double(iteration - warmUp + 1) / Double(max(1, warmUp))))
  }
}
