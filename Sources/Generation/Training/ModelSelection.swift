/// The criterion for the best weights and for early stopping.
public enum ModelSelection: String, Codable, CaseIterable, Sendable {
  /// The held-out reconstruction: the SSIM of the worse side.
  case reconstruction
  /// The held-out swaps against ground truth: the SSIM of the worse direction.
  case truth
  /// The newest weights, regardless of their score.
  case last
}
