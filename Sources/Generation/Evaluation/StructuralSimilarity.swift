import Foundation

/// The SSIM of two channels, as in scikit-image.
///
/// Wang et al. 2004: Gaussian window of 11×11 with σ 1.5, data range 1, K₁ 0.01, K₂ 0.03,
/// population covariance; the mean is over the positions where the whole window lies in the
/// picture.
enum StructuralSimilarity {
  /// Pixels along a side of the window.
  static let window = 11

  /// The SSIM of two channels of `width`×`height` values in 0…1, each at least 11 wide and high.
  static func mean(_ x: [Double], _ y: [Double], width: Int, height: Int) -> Double {
    precondition(width >= window && height >= window, "\(width)×\(height) is less than the window")
    let moments = zip(x, y).map { SIMD4($0, $1, $0 * $0 + $1 * $1, $0 * $1) }
    let columns = width - window + 1
    let rows = height - window + 1
    var lines: [SIMD4<Double>] = []
    lines.reserveCapacity(height * columns)
    for row in 0..<height {
      for column in 0..<columns {
        lines.append(blurred(moments, from: row * width + column, step: 1))
      }
    }
    var sum = 0.0
    for place in 0..<rows * columns {
      sum += similarity(blurred(lines, from: place, step: columns))
    }
    return sum / Double(rows * columns)
  }

  /// The weighted mean of 11 values.
  @inline(__always)
  private static func blurred(
    _ values: [SIMD4<Double>], from first: Int, step: Int
  ) -> SIMD4<Double> {
    var mean = SIMD4<Double>.zero
    for k in 0..<window { mean += kernel[k] * values[first + k * step] }
    return mean
  }

  /// From the local means of x, y, x² + y² and xy.
  static func similarity(_ mean: SIMD4<Double>) -> Double {
    let c1 = 0.01 * 0.01
    let c2 = 0.03 * 0.03
    let squares = mean.x * mean.x + mean.y * mean.y
    let product = mean.x * mean.y
    return (2 * product + c1) * (2 * (mean.w - product) + c2)
      / ((squares + c1) * (mean.z - squares + c2))
  }

  /// The window's weights along a row or column.
  static let kernel: [Double] = {
    let weights = (-5...5).map { exp(-Double($0 * $0) / (2 * 1.5 * 1.5)) }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }()
}
