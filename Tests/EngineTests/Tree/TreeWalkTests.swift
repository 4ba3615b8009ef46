import Engine
import TestSupport
import Testing

/// Cuts, inference folding and profiles of trees.
@Suite struct TreeWalkTests {
  private static func convolution(
    _ inputs: Int, _ outputs: Int, stride: Int = 1, seed: UInt64
  ) -> Conv2D {
    var chance = RandomSource(seed: seed)
    return Conv2D(inputs: inputs, outputs: outputs, kernel: 3, stride: stride, randomness: &chance)
  }

  /// A trunk within a trunk, with a residual block in it, and two heads.
  private let network: Sequential = {
    var chance = RandomSource(seed: 1)
    return Sequential([
      "trunk": Sequential([
        "stem": convolution(3, 4, stride: 2, seed: 2),
        "deep": Sequential([
          "block": Residual([convolution(4, 4, seed: 3), Activate(.tanh)]),
          "down": convolution(4, 6, stride: 2, seed: 4),
        ]),
      ]),
      "head": Sequential([
        "mean": GlobalAveragePool(),
        "outputs": Concatenated([
          "a": Dense(inputs: 6, outputs: 1, randomness: &chance),
          "b": Dense(inputs: 6, outputs: 2, randomness: &chance),
        ]),
      ]),
    ])
  }()

  @Test func chainsWithinChainsAreUnrolled() {
    #expect(
      network.steps.map(\.name) == [
        "trunk.stem", "trunk.deep.block", "trunk.deep.down", "head.mean", "head.outputs",
      ])
    #expect(Activate(.relu).steps.count == 1)
  }

  @Test(arguments: [(1, 3, [2, 4, 4, 6]), (8, 2, [2, 8, 8, 4])])
  func aCutFindsTheLastWantedMap(rows: Int, steps: Int, map: [Int]) throws {
    let x = Tensor.random([2, 16, 16, 3], seed: 5)
    let cut = try #require(network.cut(input: x.shape) { $0[1] >= rows })
    #expect(cut.front.children.count == steps && cut.map == map)
    let inner = cut.front(x)
    #expect(inner.shape == map)
    #expect(cut.back(inner) == network(x))
    let names = (cut.front.parameters + cut.back.parameters).map(\.name)
    #expect(names == network.parameters.map(\.name))
  }

  @Test func aNetworkWithoutInnerMapsIsNotCut() {
    let flat = Sequential([Flatten(), Activate(.relu)])
    let sequence = Sequential([Flatten(), Reshape([6, 8]), Activate(.relu), Flatten()])
    #expect(sequence.cut(input: [1, 4, 4, 3]) { _ in true } == nil)
    #expect(sequence.cut(input: [1, 4, 4, 3], rank: 3) { _ in true }?.back.steps.count == 1)
    #expect(flat.cut(input: [1, 4, 4, 3]) { _ in true } == nil)
    #expect(network.cut(input: [1, 16, 16, 3]) { $0[1] > 16 } == nil)
    // What comes out at the end is no inner map.
    #expect(
      Sequential([Self.convolution(3, 1, seed: 6)]).cut(input: [1, 4, 4, 3]) { _ in true } == nil)
  }

  @Test func inferenceFoldsInEveryCombination() {
    func normalized(_ seed: UInt64) -> Sequential {
      let norm = BatchNorm(channels: 4, activation: .relu)
      for (key, named) in norm.parameters.enumerated() {
        named.parameter.plain = .random([4], in: 0.5...1.5, seed: seed + UInt64(key))
      }
      return Sequential(["conv": Self.convolution(4, 4, seed: seed), "norm": norm])
    }
    let network = Sequential([
      "sum": Residual(normalized(10), shortcut: normalized(20)),
      "product": Gated(gate: Activate(.sigmoid), body: normalized(30)),
      "join": Concatenated(["a": normalized(40), "b": Activate(.identity)]),
    ])
    let folded = network.forInference
    var operations: [LayerOperation] = []
    folded.walk([1, 6, 6, 4]) { operations.append($0.node.operation) }
    let norms = operations.count { operation in
      if case .batchNormalization = operation { true } else { false }
    }
    #expect(norms == 0)
    #expect(folded.parameters.first?.name == "sum.body.conv.weight")
    let x = Tensor.random([2, 6, 6, 4], seed: 7)
    #expect(allClose(folded(x), network(x), tolerance: 1e-4))
  }

  @Test func nonlinearConvolutionsKeepTheirNormalization() {
    var chance = RandomSource(seed: 8)
    let chain = Sequential([
      Conv2D(inputs: 3, outputs: 4, kernel: 1, activation: .relu, randomness: &chance),
      BatchNorm(channels: 4),
    ])
    #expect(chain.forInference.node.children.count == 2)
  }

  @Test func aProfileNotesEachPartOnceAndChangesNothing() {
    let profile = LayerProfile()
    let watched = profile.watching(network, as: "net")
    let x = Tensor.random([2, 16, 16, 3], seed: 9)
    #expect(watched(x) == network(x))
    #expect(watched.parameters.map(\.name) == network.parameters.map(\.name))
    #expect(
      profile.costs.map(\.name) == [
        "net.trunk.stem", "net.trunk.deep.block.body.0", "net.trunk.deep.block.body.1",
        "net.trunk.deep.down", "net.head.mean", "net.head.outputs.a", "net.head.outputs.b",
      ])
    #expect(profile.costs.first?.output == [2, 8, 8, 4])
    let total = profile.costs.reduce(0) { $0 + $1.multiplyAdds }
    #expect(total == network.multiplyAdds(for: x.shape))
  }
}
