import Engine
import Foundation
import TestSupport
import Testing

/// Capsules: squashing, routing and the statistics that feed them.
@Suite struct CapsuleTests {
  private static func routing(_ sizes: [Int], iterations: Int) -> CapsuleRouting {
    var chance = RandomSource(seed: 1)
    return CapsuleRouting(
      inputs: sizes[0], data: sizes[1], outputs: sizes[2], outputData: sizes[3],
      iterations: iterations, randomness: &chance)
  }

  @Test func contributionsAddUpToWhatIsSquashed() {
    let layer = Self.routing([10, 8, 2, 4], iterations: 2)
    let x = Tensor.random([2, 8, 10], seed: 2)
    let (parts, shares) = layer.contributions(x)
    #expect(parts.shape == [2, 10, 2, 4] && shares.shape == parts.shape)
    let (part, share) = (parts.values, shares.values)
    var (sums, total) = ([Float](repeating: 0, count: 16), [Float](repeating: 0, count: 16))
    for image in 0..<2 {
      for capsule in 0..<10 {
        for place in 0..<8 {
          sums[image * 8 + place] += part[(image * 10 + capsule) * 8 + place]
          total[image * 8 + place] += share[(image * 10 + capsule) * 8 + place]
        }
      }
    }
    #expect(total.allSatisfy { abs($0 - 1) < 1e-5 })
    // Images and outputs, by numbers; the layer has numbers before outputs.
    let (outputs, squashed) = (
      layer(x).values, Squash()(Tensor(shape: [4, 4], values: sums)).values
    )
    for image in 0..<2 {
      for output in 0..<2 {
        for number in 0..<4 {
          let own = outputs[(image * 4 + number) * 2 + output]
          #expect(abs(squashed[(image * 2 + output) * 4 + number] - own) < 1e-5)
        }
      }
    }
  }

  @Test(arguments: [[1, 1, 1, 1], [10, 8, 2, 4], [3, 2, 4, 5]], [1, 2, 3])
  func routingMatchesFiniteDifferencesAndItsTwin(sizes: [Int], iterations: Int) {
    let layer = Self.routing(sizes, iterations: iterations)
    let x = Tensor.random([2, sizes[1], sizes[0]], seed: 2)
    #expect(gradientError(of: layer, at: x, step: 3e-3) < 5e-3)
    #expect(allClose(layer(x), naive(layer, x, iterations), tolerance: 1e-5))
  }

  @Test(arguments: [[1, 2], [3, 1], [2, 4, 5]])
  func squashingMatchesFiniteDifferences(shape: [Int]) {
    let x = Tensor.randomAwayFromZero(shape, seed: 3)
    #expect(gradientError(of: Squash(), at: x) < 2e-3)
  }

  @Test func squashingKeepsDirectionsAndShortensToBelowOne() {
    let y = Squash()(Tensor(shape: [3, 2], values: [3, 4, 0, 0, 0.3, -0.4])).values
    let expected: [Float] = [0.6 * 25 / 26, 0.8 * 25 / 26, 0, 0, 0.6 * 0.2, -0.8 * 0.2]
    #expect(zip(y, expected).allSatisfy { abs($0 - $1) < 1e-6 })
    let still = forwardAndBackward(
      Squash(), Tensor(zeros: [1, 3]), .random([1, 3], seed: 4))
    #expect(still.dx == Tensor(zeros: [1, 3]))
  }

  @Test(arguments: [[1, 1, 2, 1], [2, 3, 4, 5], [3, 5, 2, 17]])
  func statisticsMatchFiniteDifferencesAndTheirTwin(shape: [Int]) {
    let x = Tensor.random(shape, seed: 5)
    #expect(gradientError(of: StatisticsPool(), at: x, step: 3e-3) < 3e-3)
    let (pixels, channels, values) = (shape[1] * shape[2], shape[3], x.values)
    let twin = (0..<shape[0] * channels).flatMap { index -> [Float] in
      let own = (0..<pixels).map {
        Double(values[(index / channels * pixels + $0) * channels + index % channels])
      }
      let mean = own.reduce(0, +) / Double(pixels)
      let square = own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(pixels - 1)
      return [Float(mean), Float(square.squareRoot())]
    }
    #expect(
      allClose(
        StatisticsPool()(x), Tensor(shape: [shape[0], channels, 2], values: twin),
        tolerance: 1e-5))
  }

  @Test func aFlatImageHasNoGradientOfItsDeviation() {
    let x = Tensor(shape: [1, 2, 2, 1], values: [0.5, 0.5, 0.5, 0.5])
    let dy = Tensor(shape: [1, 1, 2], values: [0, 1])
    #expect(forwardAndBackward(StatisticsPool(), x, dy).dx == Tensor(zeros: x.shape))
  }

  @Test func bfloat16IsCloseToFloat32() {
    #expect(
      agreesInBfloat16(
        Self.routing([3, 4, 2, 3], iterations: 2), at: .random([2, 4, 3], seed: 6),
        tolerance: 4e-2))
    #expect(agreesInBfloat16(Squash(), at: .random([2, 4, 3], seed: 7)))
    #expect(agreesInBfloat16(StatisticsPool(), at: .random([2, 4, 4, 3], seed: 8)))
  }

  /// The routing of one output after the other, in double precision.
  private func naive(_ layer: CapsuleRouting, _ x: Tensor, _ iterations: Int) -> Tensor {
    let weight = layer.parameters[0].parameter.plain
    let (outputs, inputs) = (weight.shape[0], weight.shape[1])
    let (outputData, data) = (weight.shape[2], weight.shape[3])
    let (w, xs) = (weight.values.map(Double.init), x.values.map(Double.init))
    var result = [Float](repeating: 0, count: x.shape[0] * outputData * outputs)
    for n in 0..<x.shape[0] {
      for q in 0..<outputs {
        let u = (0..<inputs).map { p in
          (0..<outputData).map { e in
            (0..<data).reduce(0.0) { sum, d in
              sum + w[((q * inputs + p) * outputData + e) * data + d]
                * xs[(n * data + d) * inputs + p]
            }
          }
        }
        var b = u.map { $0.map { _ in 0.0 } }
        var v = [Double](repeating: 0, count: outputData)
        for _ in 0..<iterations {
          for e in 0..<outputData {
            let total = b.reduce(0) { $0 + exp($1[e]) }
            v[e] = (0..<inputs).reduce(0) { $0 + exp(b[$1][e]) / total * u[$1][e] }
          }
          let square = v.reduce(0) { $0 + $1 * $1 }
          v = v.map { $0 * square.squareRoot() / (1 + square) }
          for p in 0..<inputs {
            for e in 0..<outputData { b[p][e] += u[p][e] * v[e] }
          }
        }
        for e in 0..<outputData { result[(n * outputData + e) * outputs + q] = Float(v[e]) }
      }
    }
    return Tensor(shape: [x.shape[0], outputData, outputs], values: result)
  }
}
