import Engine
import TestSupport
import Testing

@Suite struct CombinatorTests {
  private static func dense(_ inputs: Int, _ outputs: Int, seed: UInt64) -> Dense {
    var randomness = RandomSource(seed: seed)
    return Dense(inputs: inputs, outputs: outputs, randomness: &randomness)
  }

  private static func convolution(_ inputs: Int, _ outputs: Int, seed: UInt64) -> Conv2D {
    var randomness = RandomSource(seed: seed)
    return Conv2D(inputs: inputs, outputs: outputs, kernel: 3, randomness: &randomness)
  }

  private static func gate(_ channels: Int) -> Sequential {
    Sequential([
      GlobalAveragePool(), dense(channels, channels, seed: 2), Activate(.sigmoid),
    ])
  }

  private static func firstChannel(of channels: Int) -> Conv2D {
    var randomness = RandomSource(seed: 1)
    let layer = Conv2D(
      inputs: channels, outputs: 1, kernel: 1, bias: false, randomness: &randomness)
    layer.parameters[0].parameter.plain = Tensor(
      shape: [1, channels, 1, 1], values: (0..<channels).map { $0 == 0 ? 1 : 0 })
    return layer
  }

  static let shapes = [[1, 1, 1, 1], [2, 3, 5, 7], [3, 4, 4, 5]]

  @Test(arguments: shapes)
  func gradientsMatchFiniteDifferences(shape: [Int]) {
    let x = Tensor.random(shape, seed: 1)
    let channels = shape[3]
    let norm = LayerNorm(channels: channels)
    #expect(gradientError(of: Residual(Activate(.tanh)), at: x) < 2e-3)
    #expect(
      gradientError(
        of: Concatenated([Activate(.silu), Activate(.identity), Activate(.tanh)]), at: x) < 2e-3)
    #expect(gradientError(of: Gated(gate: Activate(.sigmoid)), at: x) < 2e-3)
    #expect(gradientError(of: Gated(gate: Self.gate(channels), body: norm), at: x) < 5e-3)
    #expect(gradientError(of: Gated(gate: Self.gate(channels)), at: x) < 5e-3)
  }

  @Test func aTreeOfLayersPassesGradients() {
    let network = Sequential([
      "down": Self.convolution(3, 4, seed: 3),
      "residual": Residual([Self.convolution(4, 4, seed: 4), Activate(.silu)]),
      "heads": Concatenated(["a": Self.convolution(4, 2, seed: 5), "b": Activate(.tanh)]),
      "gate": Gated(gate: Self.gate(6)),
      "up": Sequential([PixelUnshuffle(2), PixelShuffle(2)]),
      "flat": Flatten(),
      "end": Self.dense(4 * 4 * 6, 3, seed: 6),
    ])
    #expect(gradientError(of: network, at: .random([2, 4, 4, 3], seed: 7)) < 5e-3)
    #expect(
      network.parameters.map(\.name) == [
        "down.weight", "down.bias", "residual.body.0.weight", "residual.body.0.bias",
        "heads.a.weight", "heads.a.bias", "gate.gate.1.weight", "gate.gate.1.bias", "end.weight",
        "end.bias",
      ])
  }

  @Test(arguments: Precision.allCases)
  func concatenationJoinsAlongTheChannels(precision: Precision) {
    let x = Tensor.random([2, 3, 5, 4], seed: 8).converted(to: precision)
    let layer = Concatenated([Activate(.identity), Self.firstChannel(of: 4), Activate(.identity)])
    let expected = (0..<30).flatMap { row in
      let pixel = Array(x.values[row * 4..<row * 4 + 4])
      return pixel + [pixel[0]] + pixel
    }
    #expect(layer(x) == Tensor(shape: [2, 3, 5, 9], values: expected))
  }

  @Test(arguments: [[2, 3], [2, 1, 1, 3]])
  func aGateMayHaveOneValueAChannel(shape: [Int]) {
    let x = Tensor.random([2, 4, 5, 3], seed: 9)
    let gate = Sequential([GlobalAveragePool(), Reshape(Array(shape.dropFirst()))])
    let gates = gate(x)
    #expect(gates.shape == shape)
    let y = Gated(gate: gate, body: Activate(.identity))(x)
    let expected = x.values.enumerated().map { index, value in
      value * gates.values[index / 60 * 3 + index % 3]
    }
    #expect(allClose(y, Tensor(shape: x.shape, values: expected), tolerance: 1e-6))
  }

  @Test func reshapesKeepTheValues() {
    let x = Tensor.random([2, 3, 4, 5], seed: 11)
    #expect(Flatten()(x) == x.reshaped(to: [2, 60]))
    #expect(Reshape([5, 3, 4])(x) == x.reshaped(to: [2, 5, 3, 4]))
    #expect(gradientError(of: Flatten(), at: x) < 1e-3)
    #expect(gradientError(of: Reshape([12, 5]), at: x) < 1e-3)
  }

  @Test func bfloat16IsCloseToFloat32() {
    let x = Tensor.random([2, 4, 4, 3], seed: 12)
    #expect(agreesInBfloat16(Residual(Activate(.tanh)), at: x))
    #expect(agreesInBfloat16(Concatenated([Activate(.silu), Activate(.identity)]), at: x))
    #expect(agreesInBfloat16(Gated(gate: Activate(.sigmoid)), at: x))
    let squeeze = Sequential([GlobalAveragePool(), Activate(.sigmoid)])
    #expect(agreesInBfloat16(Gated(gate: squeeze), at: x))
    #expect(agreesInBfloat16(Sequential([Flatten(), Reshape([6, 8])]), at: x))
  }

  @Test func sumsAndProductsMatchTheirNaiveTwins() {
    let x = Tensor.randomAwayFromZero([70_001], seed: 13)
    let y = Residual(Activate(.relu))(x)
    #expect(y.values == x.values.map { $0 + max(0, $0) })
    let product = Gated(gate: Activate(.relu))(x)
    #expect(product.values == x.values.map { $0 * max(0, $0) })
  }
}
