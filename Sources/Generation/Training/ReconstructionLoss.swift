/// What a reconstruction is compared by.
public enum ReconstructionLoss: String, CaseIterable, Codable, Sendable {
  /// The mean absolute error.
  case mae
  /// The structural dissimilarity.
  case dssim
  /// Both, added.
  case both = "mae+dssim"

  /// The loss of some settings; nil for other shares than 0 and 1.
  init?(of settings: SwapSettings) {
    switch (settings.absoluteWeight, settings.structuralWeight) {
    case (1, 0): self = .mae
    case (0, 1): self = .dssim
    case (1, 1): self = .both
    default: return nil
    }
  }

  /// The shares of the two in the loss.
  var shares: (absolute: Float, structural: Float) {
    (self == .dssim ? 0 : 1, self == .mae ? 0 : 1)
  }
}
