import Engine
import Foundation

extension RandomSource {
  /// A draw from Beta(α, α), 0…1, as a share of two gamma draws; α is above 0.
  mutating func beta(_ alpha: Double) -> Double {
    let (first, second) = (gamma(alpha), gamma(alpha))
    // Both may vanish for a tiny α, which draws 0 or 1.
    return first + second > 0 ? first / (first + second) : uniform() < 0.5 ? 0 : 1
  }

  /// A draw from Gamma(shape, 1) (Marsaglia & Tsang 2000).
  private mutating func gamma(_ shape: Double) -> Double {
    guard shape >= 1 else { return gamma(shape + 1) * pow(1 - uniform(), 1 / shape) }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let v = (1 + c * x) * (1 + c * x) * (1 + c * x)
      guard v > 0 else { continue }
      if log(1 - uniform()) < 0.5 * x * x + d - d * v + d * log(v) { return d * v }
    }
  }
}
