/// What decides which weights are the best, and when a training without a budget ends.
public enum ModelSelection: String, Codable, CaseIterable, Sendable {
  /// The held-out reconstruction: the structural similarity of the worse side.
  case reconstruction
  /// The held-out swaps against the true ones: the structural similarity of the worse direction.
  case truth
  /// Nothing: the newest weights are taken, whatever they score.
  case last
}
