public import Engine

/// Intervals by resampling whole groups with replacement.
///
/// The percentile bootstrap over clusters (Davison & Hinkley 1997, 3.8): frames of one clip are
/// near duplicates, and resampling single frames would make every interval far too narrow. Below
/// about ten groups the intervals are still too narrow.
public struct Bootstrap: Sendable {
  /// The number of draws.
  public var draws = 2000
  /// The random source of the draws.
  public var randomness = RandomSource(seed: 1)

  /// Two thousand draws.
  public init() {}

  /// The results of `body` for each draw; the same for any number of threads.
  ///
  /// - Parameter body: receives the weights by group, which sum to `groups`.
  func map<Result>(groups: Int, _ body: @Sendable ([Int]) -> Result) -> [Result] {
    ThreadPool.map(draws) { draw in
      var chance = randomness.split(draw)
      var weights = [Int](repeating: 0, count: groups)
      for _ in 0..<groups { weights[Int.random(in: 0..<groups, using: &chance)] += 1 }
      return body(weights)
    }
  }
}

extension Bootstrap {
  /// The interval of a mean.
  ///
  /// - Parameters:
  ///   - values: at least one.
  ///   - groups: the group of each value; nil if values are independent.
  public func meanInterval(of values: [Double], groups: [String]?) -> MetricEstimate.Interval {
    let names = groups ?? values.indices.map(String.init)
    var numbers: [String: Int] = [:]
    var totals: [(sum: Double, count: Int)] = []
    for (value, name) in zip(values, names) {
      let number = numbers[name] ?? totals.count
      numbers[name] = number
      if number == totals.count { totals.append((0, 0)) }
      totals[number].sum += value
      totals[number].count += 1
    }
    let (sums, counts) = (totals.map(\.sum), totals.map(\.count))
    return MetricEstimate.Interval(
      of: map(groups: sums.count) { weights in
        var (sum, count) = (0.0, 0)
        for (group, weight) in weights.enumerated() where weight > 0 {
          sum += Double(weight) * sums[group]
          count += weight * counts[group]
        }
        return sum / Double(count)
      })
  }
}
