/// A mean with its 95 % interval under resampling of clips.
///
/// Whole groups are resampled instead of single pictures, because pictures of one clip are near
/// duplicates and would make the interval far too narrow.
public struct MeanInterval: Codable, Equatable {
  public let mean, low, high: Double

  /// - Parameters:
  ///   - values: at least one.
  ///   - groups: the group of each value.
  public init(of values: [Double], groups: [Int]) {
    precondition(!values.isEmpty && values.count == groups.count, "\(values.count) values")
    let interval = Bootstrap().meanInterval(of: values, groups: groups.map(String.init))
    mean = values.reduce(0, +) / Double(values.count)
    (low, high) = (interval.low, interval.high)
  }

  /// Groups of pictures: those of one source, or contiguous blocks if there are fewer than `fewest`
  /// sources.
  ///
  /// - Parameter sources: the clip of each picture, in order; nil for none.
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

  /// The minimum number of sources for an interval.
  static let fewest = 8
  /// The number of contiguous blocks.
  static let stretches = 10
}
