import Engine
import Foundation
import TestSupport
import Testing

@Suite struct SpectralNormTests {
  /// Golden/spectral.json, made by Golden/spectral.py.
  private struct Golden: Decodable {
    let first, second, inference, dx, weight, bias, u, v: [Float]
  }

  @Test func twoPassesAndTheirGradientsMatchPyTorch() throws {
    let url = try #require(
      Bundle.module.url(forResource: "spectral", withExtension: "json", subdirectory: "Golden"))
    let golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
    var randomness = RandomSource(seed: 1)
    let layer = SpectralNorm(
      Conv2D(inputs: 3, outputs: 4, kernel: 3, randomness: &randomness), randomness: &randomness)
    let parameters = Dictionary(
      uniqueKeysWithValues: layer.parameters.map { ($0.name, $0.parameter) })
    let (weight, bias) = (try #require(parameters["weight"]), try #require(parameters["bias"]))
    let (u, v) = (try #require(parameters["u"]), try #require(parameters["v"]))
    weight.plain = sines([4, 3, 3, 3])
    bias.plain = cosines([4])
    let start = cosines([27]).values
    let length = start.reduce(0) { $0 + $1 * $1 }.squareRoot()
    v.plain = Tensor(shape: [27], values: start.map { $0 / length })
    let x = sines([2, 5, 4, 3])
    let dy = cosines([2, 5, 4, 4])
    #expect(isClose(forwardAndBackward(layer, x, dy).y, golden.first))
    for parameter in parameters.values where parameter.isTrainable { parameter.clearGradient() }
    let (y, dx) = forwardAndBackward(layer, x, dy)
    #expect(isClose(y, golden.second))
    #expect(isClose(dx, golden.dx))
    #expect(isClose(weight.plainGradient, golden.weight))
    #expect(isClose(bias.plainGradient, golden.bias))
    #expect(isClose(u.plain, golden.u))
    #expect(isClose(v.plain, golden.v))
    #expect(isClose(layer(x), golden.inference))
    #expect(weight.plain == sines([4, 3, 3, 3]))
  }

  @Test(arguments: [(1, 1, 1), (3, 4, 3), (2, 6, 5)])
  func gradientsMatchDifferences(inputs: Int, outputs: Int, kernel: Int) {
    var randomness = RandomSource(seed: 3)
    let layer = SpectralNorm(
      Conv2D(inputs: inputs, outputs: outputs, kernel: kernel, randomness: &randomness),
      rounds: 300, randomness: &randomness)
    // The singular vectors follow the moved weights by one round only: small steps, then.
    let x = Tensor.random([2, 4, 5, inputs], seed: 4)
    #expect(gradientError(of: layer, at: x, step: 4e-3) < 5e-3)
  }

  @Test func noInputIsStretchedByMoreThanItsLength() {
    var randomness = RandomSource(seed: 5)
    let layer = SpectralNorm(
      Conv2D(inputs: 6, outputs: 9, kernel: 1, gain: 7, randomness: &randomness), rounds: 200,
      randomness: &randomness)
    for seed in 0..<20 {
      let x = Tensor.random([1, 1, 1, 6], seed: UInt64(seed))
      #expect(length(layer(x)) < 1.001 * length(x))
    }
  }

  @Test func gradientsAddUp() {
    var randomness = RandomSource(seed: 6)
    let layer = SpectralNorm(
      Dense(inputs: 5, outputs: 3, randomness: &randomness), rounds: 100, randomness: &randomness)
    let (x, dy) = (Tensor.random([2, 5], seed: 1), Tensor.random([2, 3], seed: 2))
    func gradient(passes: Int) -> Tensor {
      layer.parameters[0].parameter.clearGradient()
      for _ in 0..<passes { _ = forwardAndBackward(layer, x, dy, mode: .evaluation) }
      return layer.parameters[0].parameter.plainGradient
    }
    #expect(allClose(gradient(passes: 2), gradient(passes: 1).scaled(by: 2), tolerance: 1e-6))
  }

  private func length(_ tensor: Tensor) -> Float {
    tensor.values.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  private func isClose(_ found: Tensor, _ golden: [Float]) -> Bool {
    found.count == golden.count
      && allClose(found, Tensor(shape: found.shape, values: golden), tolerance: 2e-5)
  }
}
