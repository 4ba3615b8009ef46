import Foundation

/// The share of counted cases, with its 95 % interval.
///
/// The interval is that of Clopper and Pearson (1934), which covers at least 95 % for any count: none
/// of 12 cases may still be one in four.
public struct Proportion: Equatable, Sendable {
  /// How many of the cases.
  public let count: Int
  /// The number of cases.
  public let total: Int

  /// A share of cases, of which there may be none.
  public init(_ count: Int, of total: Int) {
    precondition(count >= 0 && count <= total, "\(count) of \(total)")
    (self.count, self.total) = (count, total)
  }

  /// The share, 0…1; nil without any case.
  public var share: Double? { total == 0 ? nil : Double(count) / Double(total) }

  /// The 95 % interval; 0…1 without any case.
  public var interval: MetricEstimate.Interval {
    MetricEstimate.Interval(
      low: count == 0 ? 0 : Proportion.root { tail(from: count, at: $0) - 0.025 },
      high: count == total ? 1 : Proportion.root { tail(from: count + 1, at: $0) - 0.975 })
  }

  /// Such as "4.8 % (0.1 to 23.8 %)"; a dash without any case.
  public var text: String {
    guard let share else { return "–" }
    let interval = interval
    return String(
      format: "%.1f %% (%.1f to %.1f %%)", share * 100, interval.low * 100, interval.high * 100)
  }

  /// The probability of `least` cases or more, if each has the given probability.
  private func tail(from least: Int, at probability: Double) -> Double {
    guard least > 0 else { return 1 }
    // The logarithm of the probability of each number of cases, from the one before it.
    let odds = log(probability) - log1p(-probability)
    var term = Double(total) * log1p(-probability)
    var below = 0.0
    for number in 0..<least {
      below += exp(term)
      term += odds + log(Double(total - number) / Double(number + 1))
    }
    return 1 - below
  }

  /// Where a rising function of a probability crosses 0.
  private static func root(_ function: (Double) -> Double) -> Double {
    var (low, high) = (0.0, 1.0)
    for _ in 0..<50 {
      let middle = (low + high) / 2
      if function(middle) < 0 { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}

extension Proportion: Codable {
  private enum CodingKeys: CodingKey { case count, total, share, low, high }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let (count, total) = (
      try values.decode(Int.self, forKey: .count), try values.decode(Int.self, forKey: .total)
    )
    guard (0...1_000_000_000).contains(total), (0...total).contains(count) else {
      throw DecodingError.dataCorruptedError(
        forKey: .count, in: values, debugDescription: "\(count) of \(total)")
    }
    self.init(count, of: total)
  }

  /// The share and its interval are written for readers, and computed anew when read.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(count, forKey: .count)
    try values.encode(total, forKey: .total)
    guard let share else { return }
    try values.encode(share, forKey: .share)
    try values.encode(interval.low, forKey: .low)
    try values.encode(interval.high, forKey: .high)
  }
}
