/// What an adversarial loss wants of a critic's scores.
public enum AdversarialAim: Sendable {
  /// The critic learns to score real pictures high.
  case real
  /// The critic learns to score made pictures low.
  case fake
  /// The generator learns to be scored as real.
  case fooling
}
