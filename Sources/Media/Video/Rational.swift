/// A fraction, kept exact: a time base, a frame rate, an aspect.
public struct Rational: Codable, Equatable, Hashable, Sendable {
  /// The number above the line.
  public let numerator: Int
  /// The number below the line, at least 1.
  public let denominator: Int

  /// The fraction as it is given; it is not reduced.
  public init(_ numerator: Int, _ denominator: Int) {
    precondition(denominator > 0, "\(numerator)/\(denominator) is no fraction")
    self.numerator = numerator
    self.denominator = denominator
  }

  /// The nearest floating-point number.
  public var value: Double { Double(numerator) / Double(denominator) }
}
