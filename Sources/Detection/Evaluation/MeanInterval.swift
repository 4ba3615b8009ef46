/// A mean, and the interval in which it would lie in 95 of 100 repetitions with other clips.
///
/// Whole groups are drawn, not single pictures, for pictures of one clip or stretch are near copies of
/// each other and would make the interval far too narrow.
public struct MeanInterval: Codable, Equatable {
  public let mean, low, high: Double

  /// - Parameters:
  ///   - values: at least one.
  ///   - groups: which group each value belongs to.
  public init(of values: [Double], groups: [Int]) {
    precondition(!values.isEmpty && values.count == groups.count, "\(values.count) values")
    let interval = Bootstrap().meanInterval(of: values, groups: groups.map(String.init))
    mean = values.reduce(0, +) / Double(values.count)
    (low, high) = (interval.low, interval.high)
  }

  /// Pictures that belong together: those of one source, or where there are fewer than `fewest`
  /// sources, stretches of neighbors.
  ///
  /// - Parameter sources: the clip of each picture, in the pictures' order; nil where there is none.
  public static func groups(of sources: [String?]) -> [Int] {
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
