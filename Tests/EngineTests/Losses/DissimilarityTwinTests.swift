import Engine
import Foundation
import Testing

/// The fast kernel of DSSIM against loops in double precision.
@Suite struct DissimilarityTwinTests {
  @Test(arguments: [[1, 11, 11, 1], [2, 16, 13, 3], [1, 12, 30, 2], [1, 64, 64, 3]])
  func fastKernelMatchesLoops(shape: [Int]) {
    var randomness = RandomSource(seed: 3)
    let x = (0..<shape.reduce(1, *)).map { _ in Float(randomness.uniform()) }
    // Near enough for a large similarity.
    let y = x.map { 0.8 * $0 + 0.2 * Float(randomness.uniform()) }
    let (value, gradient) = naive(x, y, shape)
    let found = DSSIM()(Tensor(shape: shape, values: x), Tensor(shape: shape, values: y))
    #expect(abs(Double(found.value) - value) < 1e-6)
    let scale = gradient.map(abs).max() ?? 0
    let errors = zip(found.gradient.values, gradient).map { abs(Double($0) - $1) }
    #expect(errors.allSatisfy { $0 < 1e-4 * scale })
  }

  /// SSIM in its definition, window by window.
  private func naive(_ x: [Float], _ y: [Float], _ shape: [Int]) -> (Double, [Double]) {
    let (n, h, w, c) = (shape[0], shape[1], shape[2], shape[3])
    let bell = (-5...5).map { exp(-Double($0 * $0) / (2 * 1.5 * 1.5)) }
    let total = bell.reduce(0, +)
    let windows = Double(n * (h - 10) * (w - 10) * c)
    var (value, gradient) = (0.0, [Double](repeating: 0, count: x.count))
    for (image, top) in (0..<n).flatMap({ n in (0...h - 11).map { (n, $0) } }) {
      for (left, channel) in (0...w - 11).flatMap({ l in (0..<c).map { (l, $0) } }) {
        let places = (0..<121).map { k in
          (
            index: ((image * h + top + k / 11) * w + left + k % 11) * c + channel,
            weight: bell[k / 11] * bell[k % 11] / (total * total)
          )
        }
        func mean(_ value: (Int) -> Double) -> Double {
          places.reduce(0) { $0 + $1.weight * value($1.index) }
        }
        let (mx, my) = (mean { Double(x[$0]) }, mean { Double(y[$0]) })
        let vx = mean { (Double(x[$0]) - mx) * (Double(x[$0]) - mx) }
        let vy = mean { (Double(y[$0]) - my) * (Double(y[$0]) - my) }
        let vxy = mean { (Double(x[$0]) - mx) * (Double(y[$0]) - my) }
        let (a1, a2) = (2 * mx * my + 1e-4, 2 * vxy + 9e-4)
        let (b1, b2) = (mx * mx + my * my + 1e-4, vx + vy + 9e-4)
        let s = a1 * a2 / (b1 * b2)
        value += (1 - s) / 2 / windows
        for (index, weight) in places {
          let (x, y) = (Double(x[index]), Double(y[index]))
          let slope =
            (2 * my * a2 + a1 * 2 * (y - my)) / (b1 * b2)
            - s * (2 * mx / b1 + 2 * (x - mx) / b2)
          gradient[index] -= weight * slope / 2 / windows
        }
      }
    }
    return (value, gradient)
  }
}
