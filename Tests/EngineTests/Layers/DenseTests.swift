import Engine
import TestSupport
import Testing

@Suite struct DenseTests {
  private func layer(_ inputs: Int, _ outputs: Int, _ activation: Activation = .identity) -> Dense {
    var randomness = RandomSource(seed: 1)
    return Dense(
      inputs: inputs, outputs: outputs, activation: activation, randomness: &randomness)
  }

  @Test(arguments: [(1, 1, 1), (2, 3, 4), (5, 17, 33), (50, 40, 16)])
  func gradientsMatchFiniteDifferences(n: Int, inputs: Int, outputs: Int) {
    #expect(gradientError(of: layer(inputs, outputs), at: .random([n, inputs], seed: 3)) < 1e-3)
  }

  @Test func forwardMatchesPyTorch() {
    // >>> F.linear(tensor([[1., 2.]]), tensor([[3., 4.], [5., 6.]]), tensor([.5, -1.]))
    let layer = layer(2, 2)
    layer.parameters[0].parameter.plain = Tensor(shape: [2, 2], values: [3, 4, 5, 6])
    layer.parameters[1].parameter.plain = Tensor(shape: [2], values: [0.5, -1])
    #expect(
      layer(Tensor(shape: [1, 2], values: [1, 2])) == Tensor(shape: [1, 2], values: [11.5, 16]))
  }

  @Test func bfloat16IsCloseToFloat32() {
    #expect(agreesInBfloat16(layer(19, 35), at: .random([5, 19], seed: 3)))
    #expect(agreesInBfloat16(layer(16, 32), at: .random([6, 16], seed: 3)))
  }
}
