/// An exact fraction: a time base, a frame rate, an aspect ratio.
public struct Rational: Codable, Equatable, Hashable, Sendable {
  /// The numerator.
  public let numerator: Int
  /// The denominator, at least 1.
  public let denominator: Int

  /// The given fraction, not reduced.
  public init(_ numerator: Int, _ denominator: Int) {
    precondition(denominator > 0, "\(numerator)/\(denominator) is no fraction")
    self.numerator = numerator
    self.denominator = denominator
  }

  /// The nearest floating-point number.
  public var value: Double { Double(numerator) / Double(denominator) }
}
