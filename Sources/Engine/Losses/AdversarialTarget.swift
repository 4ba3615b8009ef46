/// What an adversarial loss wants of a discriminator's scores.
public enum AdversarialTarget: Sendable {
  /// The discriminator learns to score real pictures high.
  case real
  /// The discriminator learns to score made pictures low.
  case fake
  /// The generator learns to be scored as real.
  case generator
}
