public import Engine

/// Between which numbers something is drawn, evenly.
public struct StrengthRange: Codable, Equatable, Sendable {
  /// The least and the greatest number.
  public var least, greatest: Double

  /// From the one to the other.
  public init(_ least: Double, _ greatest: Double) {
    (self.least, self.greatest) = (least, greatest)
  }

  /// A number between the two.
  public func drawn(from chance: inout RandomSource) -> Double {
    chance.uniform(min(least, greatest)...max(least, greatest))
  }
}

extension RandomSource {
  /// One of some, all equally likely.
  mutating func one<Element>(of elements: [Element]) -> Element {
    elements[Int(next() % UInt64(elements.count))]
  }

  /// An odd number of a range, as kernels of blurs are.
  mutating func odd(_ range: StrengthRange) -> Int {
    let drawn = Int(range.drawn(from: &self).rounded())
    return max(1, drawn / 2 * 2 + 1)
  }

  /// True with this probability.
  mutating func happens(_ probability: Double) -> Bool { uniform() < probability }
}
