public import Generation

/// The direction of swaps; both decoders are trained in any case, because each one trains the
/// encoder.
public enum SwapDirection: String, Codable, CaseIterable, Sendable {
  /// B's face into the pictures of A.
  case a2b
  /// A's face into the pictures of B.
  case b2a
  /// Both.
  case both

  /// Whether the pictures of `side` are swapped.
  public func swaps(_ side: Side) -> Bool {
    self == .both || (self == .a2b) == (side == .a)
  }
}
