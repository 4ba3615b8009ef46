extension RandomNumberGenerator {
  /// A number in 0 ..< 1.
  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number between two others.
  mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * uniform()
  }

  /// A whole number in 0 ..< count.
  mutating func index(_ count: Int) -> Int { min(Int(uniform() * Double(count)), count - 1) }
}
