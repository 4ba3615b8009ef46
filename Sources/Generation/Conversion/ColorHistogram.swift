/// The histograms of red, green and blue in a patch.
struct ColorHistogram {
  /// The number of levels.
  static let levels = 256
  /// Cumulative histograms of red, then green, then blue, rising to 1.
  private let shares: [Float]

  init(of patch: FacePatch, mask: [Float]) {
    let levels = ColorHistogram.levels
    var shares = [Float](repeating: 0, count: 3 * levels)
    for pixel in mask.indices where mask[pixel] > 0 {
      for channel in 0..<3 {
        // With this order of arguments NaN becomes 0.
        let value = min(max(0, patch.values[pixel * 3 + channel]), 1)
        shares[channel * levels + Int(value * Float(levels - 1) + 0.5)] += mask[pixel]
      }
    }
    for channel in 0..<3 {
      let range = channel * levels..<(channel + 1) * levels
      let sum = shares[range].reduce(0, +)
      var share: Float = 0
      for level in range {
        share += shares[level] / sum
        shares[level] = share
      }
    }
    self.shares = shares
  }

  /// The level, 0…1, that each level is mapped to in order to match the other histogram.
  ///
  /// The midpoint of a level's pixels maps to the level with as many of the other's pixels below
  /// it; between occupied levels the curve is linear.
  func curves(to other: ColorHistogram) -> [Float] {
    (0..<3).flatMap { curve($0, to: other) }
  }

  private func curve(_ channel: Int, to other: ColorHistogram) -> [Float] {
    let levels = ColorHistogram.levels
    let (own, wanted) = (channelShares(channel), other.channelShares(channel))
    var curve = (0..<levels).map { Float($0) / Float(levels - 1) }
    var (low, last): (Int, Int?) = (0, nil)
    for level in 0..<levels {
      let before = level == 0 ? 0 : own[level - 1]
      guard own[level] > before else { continue }
      let middle = (before + own[level]) / 2
      while low < levels - 1, wanted[low] < middle { low += 1 }
      let below = low == 0 ? 0 : wanted[low - 1]
      let part = wanted[low] > below ? (middle - below) / (wanted[low] - below) : 0.5
      curve[level] = min(max(0, (Float(low) - 0.5 + part) / Float(levels - 1)), 1)
      for between in (last.map { $0 + 1 } ?? 0)..<level {
        let start = last ?? level
        let share = last == nil ? 0 : Float(between - start) / Float(level - start)
        curve[between] = curve[start] + (curve[level] - curve[start]) * share
      }
      last = level
    }
    if let last { for level in last..<levels { curve[level] = curve[last] } }
    return curve
  }

  private func channelShares(_ channel: Int) -> [Float] {
    Array(shares[channel * ColorHistogram.levels..<(channel + 1) * ColorHistogram.levels])
  }
}
