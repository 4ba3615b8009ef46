import Foundation
import TestSupport
import Testing

@testable import Engine

/// Cosine and Fourier transforms, phases and bands.
@Suite struct SpectrumTests {
  static let shapes = [[1, 1, 1, 1], [2, 4, 4, 3], [1, 5, 8, 2], [2, 7, 3, 1]]

  @Test(arguments: shapes)
  func gradientsMatchFiniteDifferences(shape: [Int]) {
    let x = Tensor.random(shape, seed: 1)
    for direction in [TransformDirection.forward, .inverse] {
      #expect(gradientError(of: CosineTransform(direction), at: x, step: 0.5) < 1e-3)
      let complex = direction == .forward ? shape : shape.dropLast() + [2 * shape[3]]
      let z = Tensor.random(complex, seed: 2)
      #expect(gradientError(of: FourierTransform(direction), at: z, step: 0.5) < 1e-3)
    }
    let z = Tensor.randomAwayFromZero(shape.dropLast() + [2 * shape[3]], seed: 3)
    for part in [Polar.Part.phasor, .magnitude, .phase] {
      #expect(gradientError(of: Polar(part), at: z, step: 1e-3) < 5e-3)
    }
  }

  @Test(arguments: [[1, 1, 1, 2], [2, 4, 4, 3]])
  func bandsMatchFiniteDifferences(shape: [Int]) {
    var chance = RandomSource(seed: 4)
    let band = FrequencyBand(side: shape[1], band: 1...3, randomness: &chance)
    #expect(gradientError(of: band, at: .random(shape, seed: 5)) < 2e-3)
  }

  @Test(arguments: shapes)
  func theCosineTransformMatchesItsSum(shape: [Int]) {
    let x = Tensor.random(shape, seed: 6)
    #expect(
      allClose(
        CosineTransform()(x),
        sums(x, parts: 1) { n, k, i in
          let scale = (Double(k == 0 ? 1 : 2) / Double(n)).squareRoot()
          return [scale * cos((Double(i) + 0.5) * .pi * Double(k) / Double(n))]
        }, tolerance: 1e-4))
    #expect(allClose(CosineTransform(.inverse)(CosineTransform()(x)), x, tolerance: 1e-5))
  }

  @Test(arguments: shapes)
  func theFourierTransformMatchesItsSum(shape: [Int]) {
    let x = Tensor.random(shape, seed: 7)
    #expect(
      allClose(
        FourierTransform()(x),
        sums(x, parts: 2) { n, k, i in
          let angle = -2 * .pi * Double(k * i) / Double(n)
          return [cos(angle), sin(angle)]
        }, tolerance: 1e-4))
    #expect(allClose(FourierTransform(.inverse)(FourierTransform()(x)), x, tolerance: 1e-5))
  }

  @Test func phasesAloneHaveUnitMagnitudes() {
    let x = Tensor.random([1, 8, 6, 1], seed: 8)
    let rebuilt = Sequential.phaseOnly(x)
    let magnitudes = Polar(.magnitude)(FourierTransform()(rebuilt)).values
    #expect(magnitudes.allSatisfy { abs($0 - 1) < 1e-4 })
    let (old, new) = (
      Polar(.phase)(FourierTransform()(x)).values, Polar(.phase)(FourierTransform()(rebuilt)).values
    )
    #expect(zip(old, new).allSatisfy { abs(sin($0) - sin($1)) < 1e-3 })
  }

  @Test func zeroHasNoGradientsOfItsPolarParts() {
    let z = Tensor(zeros: [1, 1, 1, 2])
    for (part, value) in [(Polar.Part.phasor, [1, 0]), (.magnitude, [0]), (.phase, [0])] {
      let expected = Tensor(shape: [1, 1, 1, value.count], values: value.map { Float($0) })
      let (y, dx) = forwardAndBackward(Polar(part), z, expected)
      #expect(y == expected && dx == z)
    }
  }

  @Test func bandsWithoutLearnedPartsKeepTheirFrequencies() {
    var chance = RandomSource(seed: 9)
    let band = FrequencyBand(side: 3, band: 1...2, randomness: &chance)
    band.parameters[0].parameter.plain = Tensor(zeros: [3, 3])
    let x = Tensor.random([1, 3, 3, 2], seed: 10)
    let kept = [false, true, true, true, true, false, true, false, false]
    let expected = x.values.enumerated().map { kept[$0.offset / 2] ? $0.element : 0 }
    #expect(allClose(band(x), Tensor(shape: x.shape, values: expected), tolerance: 1e-6))
  }

  @Test func bfloat16IsCloseToFloat32() {
    var chance = RandomSource(seed: 11)
    let x = Tensor.randomAwayFromZero([2, 4, 4, 2], seed: 12)
    #expect(agreesInBfloat16(CosineTransform(), at: x))
    #expect(agreesInBfloat16(FourierTransform(), at: x))
    #expect(agreesInBfloat16(FourierTransform(.inverse), at: x))
    #expect(agreesInBfloat16(Polar(.magnitude), at: x))
    #expect(
      agreesInBfloat16(FrequencyBand(side: 4, band: 0...2, randomness: &chance), at: x))
  }

  @Test func bitsAreTheSameOnAnyTeam() {
    let x = Tensor.random([2, 20, 24, 3], seed: 13)
    func run(_ threads: Int) -> [Tensor] {
      ThreadPool.with(threads: threads) {
        [FourierTransform()(x), CosineTransform()(x), Sequential.phaseOnly(x)]
      }
    }
    #expect(run(1) == run(3))
  }

  /// Σ x · factor along rows and columns, with factors that are real or complex (two parts).
  private func sums(
    _ x: Tensor, parts: Int, _ factor: (_ n: Int, _ k: Int, _ i: Int) -> [Double]
  ) -> Tensor {
    let (height, width, channels) = (x.shape[1], x.shape[2], x.shape[3])
    let values = x.values
    var result: [Float] = []
    for index in 0..<x.shape[0] * height * width {
      let (n, row, column) = (index / height / width, index / width % height, index % width)
      var totals = [Double](repeating: 0, count: parts * channels)
      for i in 0..<height {
        for j in 0..<width {
          let (a, b) = (factor(height, row, i), factor(width, column, j))
          let product =
            parts == 1
            ? [a[0] * b[0]] : [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]]
          for c in 0..<channels {
            let value = Double(values[((n * height + i) * width + j) * channels + c])
            for part in 0..<parts { totals[part * channels + c] += value * product[part] }
          }
        }
      }
      result += totals.map(Float.init)
    }
    return Tensor(shape: [x.shape[0], height, width, parts * channels], values: result)
  }
}
