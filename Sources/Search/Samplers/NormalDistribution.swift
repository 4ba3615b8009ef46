import Foundation

/// The normal distribution with mean 0 and deviation 1, in logarithms, which keep their precision far
/// in the tails.
enum NormalDistribution {
  /// log √2π.
  static let logRoot = 0.5 * log(2 * Double.pi)

  /// The probability of values below x.
  static func below(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

  /// Its logarithm.
  static func logBelow(_ x: Double) -> Double {
    if x > 6 { return -below(-x) }
    if x > -20 { return log(below(x)) }
    // The asymptotic series of Mills' ratio: 1 − 1/x² + 3/x⁴ − 15/x⁶ …
    var (sum, term, count) = (1.0, 1.0, 1.0)
    while true {
      let next = term * -count / (x * x)
      guard abs(next) > 1e-17, abs(next) < abs(term) else { break }
      (sum, term, count) = (sum + next, next, count + 2)
    }
    return -x * x / 2 - log(-x) - logRoot + log(sum)
  }

  /// The logarithm of the probability of values between a and b, a < b.
  static func logMass(_ a: Double, _ b: Double) -> Double {
    if b <= 0 { return difference(logBelow(b), logBelow(a)) }
    if a > 0 { return difference(logBelow(-a), logBelow(-b)) }
    return log1p(-below(a) - below(-b))
  }

  /// log(eᵖ − eᑫ), p ≥ q.
  private static func difference(_ p: Double, _ q: Double) -> Double { p + log1p(-exp(q - p)) }

  /// The x of which `logBelow` is y, y < 0.
  static func inverseLogBelow(_ y: Double) -> Double {
    // Near 0, the other tail is more precise.
    if y > -1e-2 { return -inverseLogBelow(log(-expm1(y))) }
    var x =
      y < -5 ? -(-2 * (y + logRoot)).squareRoot() : -3.0.squareRoot() / .pi * log(expm1(-y))
    for _ in 0..<100 {
      let value = logBelow(x)
      let change = (value - y) * exp(value + x * x / 2 + logRoot)
      x -= change
      if abs(change) < 1e-12 * max(abs(x), 1e-3) { break }
    }
    return x
  }

  /// The value between a and b below which lies the share q of their probability.
  static func quantile(_ q: Double, between a: Double, and b: Double) -> Double {
    guard q > 0 else { return a }
    guard q < 1 else { return b }
    let mass = logMass(a, b)
    let x =
      a < 0
      ? inverseLogBelow(sum(logBelow(a), log(q) + mass))
      : -inverseLogBelow(sum(logBelow(-b), log1p(-q) + mass))
    return min(max(x, a), b)
  }

  /// log(eᵖ + eᑫ).
  private static func sum(_ p: Double, _ q: Double) -> Double {
    let most = max(p, q)
    return most + log1p(exp(min(p, q) - most))
  }
}
