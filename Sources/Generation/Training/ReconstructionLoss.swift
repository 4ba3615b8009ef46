/// The loss of reconstructions.
public enum ReconstructionLoss: String, CaseIterable, Codable, Sendable {
  /// The mean absolute error.
  case mae
  /// The structural dissimilarity.
  case dssim
  /// The sum of both.
  case both = "mae+dssim"

  /// The loss of the given settings; nil for weights other than 0 and 1.
  init?(of settings: SwapSettings) {
    switch (settings.absoluteWeight, settings.structuralWeight) {
    case (1, 0): self = .mae
    case (0, 1): self = .dssim
    case (1, 1): self = .both
    default: return nil
    }
  }

  /// The weights of the two losses.
  var shares: (absolute: Float, structural: Float) {
    (self == .dssim ? 0 : 1, self == .mae ? 0 : 1)
  }
}
