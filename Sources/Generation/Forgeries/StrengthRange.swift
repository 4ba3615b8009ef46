public import Engine

/// A range of uniform random numbers.
public struct StrengthRange: Codable, Equatable, Sendable {
  /// The minimum and maximum.
  public var least, greatest: Double

  /// A range from `least` to `greatest`.
  public init(_ least: Double, _ greatest: Double) {
    (self.least, self.greatest) = (least, greatest)
  }

  /// A uniform random number in the range.
  public func drawn(from chance: inout RandomSource) -> Double {
    chance.uniform(min(least, greatest)...max(least, greatest))
  }
}

extension RandomSource {
  /// A random element, all equally likely.
  mutating func one<Element>(of elements: [Element]) -> Element {
    elements[Int(next() % UInt64(elements.count))]
  }

  /// The element of a list of one, without a draw; otherwise a random one.
  mutating func only<Element>(of elements: [Element]) -> Element {
    elements.count == 1 ? elements[0] : one(of: elements)
  }

  /// A random odd number in a range, such as the size of a kernel.
  mutating func odd(_ range: StrengthRange) -> Int {
    let drawn = Int(range.drawn(from: &self).rounded())
    return max(1, drawn / 2 * 2 + 1)
  }

  /// True with this probability.
  mutating func happens(_ probability: Double) -> Bool { uniform() < probability }
}
