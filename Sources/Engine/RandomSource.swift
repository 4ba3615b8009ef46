import Foundation

/// The only source of random numbers: seeded, splittable, identical on every machine.
///
/// SplitMix64 (Steele, Lea & Flood 2014). A child created by `split` depends only on the seed and
/// the key, not on earlier draws, so work that is spread over threads or resumed draws the same
/// numbers.
public struct RandomSource: RandomNumberGenerator, Codable, Equatable, Sendable {
  private let seed: UInt64
  private var state: UInt64

  public init(seed: UInt64) {
    self.seed = seed
    state = RandomSource.mix(seed &+ 0x9E37_79B9_7F4A_7C15)
  }

  /// An independent source, determined by this one's seed and `key`.
  public func split(_ key: Int) -> RandomSource {
    RandomSource(
      seed: RandomSource.mix(
        seed ^ RandomSource.mix(UInt64(bitPattern: Int64(key)) &+ 0xD1B5_4A32_D192_ED03)))
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return RandomSource.mix(state)
  }

  /// A number in 0 ..< 1.
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A uniform number in `range`.
  public mutating func uniform(_ range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// A normal deviate (Box–Muller; the second of the pair is dropped, so that no state is hidden).
  public mutating func normal(mean: Double = 0, deviation: Double = 1) -> Double {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return mean + deviation * radius * cos(2 * Double.pi * uniform())
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
