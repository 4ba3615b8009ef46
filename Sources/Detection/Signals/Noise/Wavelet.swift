/// The orthonormal wavelet transform of planes, with Daubechies' filter of eight taps.
///
/// Rows and columns wrap around, so that a plane and its transform have the same size, and the
/// inverse is exact.
enum Wavelet {
  /// Daubechies' scaling filter with four vanishing moments.
  static let low: [Float] = [
    0.230377813308896, 0.714846570552915, 0.630880767929859, -0.027983769416860,
    -0.187034811719093, 0.030841381835561, 0.032883011666885, -0.010597401785069,
  ]
  /// The wavelet's own: the mirrored filter with alternating signs.
  static let high: [Float] = low.indices.map { ($0 % 2 == 0 ? 1 : -1) * low[low.count - 1 - $0] }

  /// One level: the quarters of the result are the means, and the details across, down and
  /// diagonally.
  ///
  /// - Parameter width: even, as is the height.
  static func forward(_ values: [Float], width: Int, height: Int) -> [Float] {
    let (half, middle) = (width / 2, height / 2)
    var rows = [Float](repeating: 0, count: values.count)
    for row in 0..<height {
      let start = row * width
      for place in 0..<half {
        var (mean, detail): (Float, Float) = (0, 0)
        for tap in 0..<8 {
          var column = 2 * place + tap
          while column >= width { column -= width }
          let value = values[start + column]
          mean += low[tap] * value
          detail += high[tap] * value
        }
        rows[start + place] = mean
        rows[start + half + place] = detail
      }
    }
    var result = [Float](repeating: 0, count: values.count)
    for place in 0..<middle {
      for tap in 0..<8 {
        let from = (2 * place + tap) % height * width
        let (to, below) = (place * width, (middle + place) * width)
        let (a, b) = (low[tap], high[tap])
        for column in 0..<width {
          result[to + column] += a * rows[from + column]
          result[below + column] += b * rows[from + column]
        }
      }
    }
    return result
  }

  /// The plane of one level.
  static func inverse(_ values: [Float], width: Int, height: Int) -> [Float] {
    let (half, middle) = (width / 2, height / 2)
    var rows = [Float](repeating: 0, count: values.count)
    for place in 0..<middle {
      for tap in 0..<8 {
        let to = (2 * place + tap) % height * width
        let (from, below) = (place * width, (middle + place) * width)
        let (a, b) = (low[tap], high[tap])
        for column in 0..<width {
          rows[to + column] += a * values[from + column] + b * values[below + column]
        }
      }
    }
    var result = [Float](repeating: 0, count: values.count)
    for row in 0..<height {
      let start = row * width
      for place in 0..<half {
        let (mean, detail) = (rows[start + place], rows[start + half + place])
        for tap in 0..<8 {
          var column = 2 * place + tap
          while column >= width { column -= width }
          result[start + column] += low[tap] * mean + high[tap] * detail
        }
      }
    }
    return result
  }
}
