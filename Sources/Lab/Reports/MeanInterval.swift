import Engine

/// A mean, and the interval in which it would lie in 95 of 100 repetitions with other clips.
///
/// The percentile bootstrap over clusters (Efron & Tibshirani 1993; Davison & Hinkley 1997, 3.8): whole
/// groups are drawn with replacement, not single pictures, for pictures of one clip or stretch are near
/// copies of each other and would make the interval far too narrow.
struct MeanInterval: Codable, Equatable {
  let mean, low, high: Double

  /// How often groups are drawn.
  static let draws = 2000

  /// - Parameters:
  ///   - values: at least one.
  ///   - groups: which group each value belongs to, from 0.
  init(of values: [Double], groups: [Int], seed: UInt64 = 1) {
    precondition(!values.isEmpty && values.count == groups.count, "\(values.count) values")
    var sums = [Double](repeating: 0, count: (groups.max() ?? 0) + 1)
    var counts = sums
    for (value, group) in zip(values, groups) {
      sums[group] += value
      counts[group] += 1
    }
    var chance = RandomSource(seed: seed)
    let means = (0..<MeanInterval.draws).map { _ in
      var (sum, count) = (0.0, 0.0)
      for _ in sums.indices {
        let group = Int.random(in: sums.indices, using: &chance)
        sum += sums[group]
        count += counts[group]
      }
      return sum / count
    }.sorted()
    mean = values.reduce(0, +) / Double(values.count)
    low = means[MeanInterval.draws / 40]
    high = means[MeanInterval.draws - 1 - MeanInterval.draws / 40]
  }

  /// Pictures that belong together: those of one source, or where there are fewer than `fewest`
  /// sources, stretches of neighbours.
  ///
  /// - Parameter sources: the clip of each picture, in the pictures' order; nil where there is none.
  static func groups(of sources: [String?]) -> [Int] {
    let names = sources.compactMap { $0 }
    let numbers = Dictionary(
      zip(Array(Set(names)).sorted(), 0...), uniquingKeysWith: { first, _ in first })
    if names.count == sources.count, numbers.count >= fewest {
      return names.map { numbers[$0] ?? 0 }
    }
    let stretches = min(stretches, sources.count)
    return sources.indices.map { $0 * stretches / sources.count }
  }

  /// Fewer sources than this make no interval.
  static let fewest = 8
  /// How many stretches a series of pictures is cut into.
  static let stretches = 10
}
