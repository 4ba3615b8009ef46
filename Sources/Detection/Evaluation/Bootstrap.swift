public import Engine

/// How intervals are drawn: whole groups with replacement, again and again.
///
/// The percentile bootstrap over clusters (Davison & Hinkley 1997, 3.8): frames of one clip are near
/// copies, and drawing them singly would make every interval far too narrow. Below some ten groups
/// the intervals are too narrow still.
public struct Bootstrap: Sendable {
  /// How often groups are drawn.
  public var draws = 2000
  /// What the draws follow from.
  public var randomness = RandomSource(seed: 1)

  /// Two thousand draws.
  public init() {}

  /// How often each group was drawn, draw by draw; the same for any number of threads.
  ///
  /// - Parameter body: gets the weights, by group, which add up to `groups`.
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
  ///   - groups: what is drawn together; nil when every value is on its own.
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
