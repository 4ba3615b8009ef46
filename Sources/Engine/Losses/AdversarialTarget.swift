/// The target of an adversarial loss.
public enum AdversarialTarget: Sendable {
  /// The discriminator is trained to score real pictures high.
  case real
  /// The discriminator is trained to score generated pictures low.
  case fake
  /// The generator is trained to be scored as real.
  case generator
}
