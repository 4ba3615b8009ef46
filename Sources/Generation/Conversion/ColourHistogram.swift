/// How often each level of red, green and blue is met in a patch.
struct ColourHistogram {
  /// Levels that are told apart.
  static let levels = 256
  /// Red, then green, then blue: the share of the pixels at or below each level, rising to 1.
  private let shares: [Float]

  init(of patch: FacePatch, mask: [Float]) {
    let levels = ColourHistogram.levels
    var shares = [Float](repeating: 0, count: 3 * levels)
    for pixel in mask.indices where mask[pixel] > 0 {
      for channel in 0..<3 {
        // In this order of arguments a value that is no number becomes 0.
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

  /// The level, 0…1, that each level becomes so that the other's shares come out.
  ///
  /// A level becomes the mean of what its own share of pixels becomes.
  func curves(to other: ColourHistogram) -> [Float] {
    let levels = ColourHistogram.levels
    var curves: [Float] = []
    for channel in 0..<3 {
      var low = 0
      for level in 0..<levels {
        let before = level == 0 ? 0 : shares[channel * levels + level - 1]
        let wanted = (before + shares[channel * levels + level]) / 2
        while low < levels - 1, other.shares[channel * levels + low] < wanted { low += 1 }
        curves.append(Float(low) / Float(levels - 1))
      }
    }
    return curves
  }
}
