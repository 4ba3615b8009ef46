/// One of the two faces.
public enum Side: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
  case a, b

  /// The other face.
  public var other: Side { self == .a ? .b : .a }
}
