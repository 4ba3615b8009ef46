import Foundation

/// The Gaussian blur of a lens.
struct LensBlur {
  private let weights: [Float]

  /// - Parameter radius: the standard deviation in pixels.
  init(radius: Float) {
    let reach = radius > 0.05 ? Int((2.5 * radius).rounded(.up)) : 0
    let raw = (0...reach).map { exp(-Float($0 * $0) / (2 * max(radius * radius, 1e-4))) }
    let sum = raw[0] + 2 * raw.dropFirst().reduce(0, +)
    weights = raw.map { $0 / sum }
  }

  /// The blurred picture; beyond its edges the edge pixels repeat.
  func callAsFunction(_ colors: [SIMD3<Float>], side: Int) -> [SIMD3<Float>] {
    guard weights.count > 1 else { return colors }
    return pass(pass(colors, side: side, step: 1), side: side, step: side)
  }

  /// Along rows (`step` 1) or columns.
  private func pass(_ colors: [SIMD3<Float>], side: Int, step: Int) -> [SIMD3<Float>] {
    var result = colors
    for y in 0..<side {
      for x in 0..<side {
        let index = y * side + x
        let along = step == 1 ? x : y
        var sum = colors[index] * weights[0]
        for k in 1..<weights.count {
          let before = index - min(k, along) * step
          let after = index + min(k, side - 1 - along) * step
          sum += (colors[before] + colors[after]) * weights[k]
        }
        result[index] = sum
      }
    }
    return result
  }
}
