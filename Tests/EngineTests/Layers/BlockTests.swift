import Engine
import Foundation
import TestSupport
import Testing

/// Gates, self-attention, left-out blocks and shortcuts.
@Suite struct BlockTests {
  private static func excite(_ channels: Int, _ squeezed: Int) -> SqueezeExcite {
    var randomness = RandomSource(seed: 1)
    return SqueezeExcite(channels: channels, squeezed: squeezed, randomness: &randomness)
  }

  private static func attention(_ channels: Int, gain: Float = 0.7) -> SelfAttention {
    var randomness = RandomSource(seed: 2)
    let layer = SelfAttention(channels: channels, randomness: &randomness)
    for entry in layer.parameters where entry.name == "gain" {
      entry.parameter.plain = Tensor(shape: [1], values: [gain])
    }
    return layer
  }

  @Test(arguments: [[1, 1, 1, 8], [2, 3, 4, 16], [3, 5, 2, 24]])
  func gradientsMatchFiniteDifferences(shape: [Int]) {
    let x = Tensor.random(shape, seed: 3)
    #expect(gradientError(of: Self.excite(shape[3], 3), at: x) < 3e-3)
    #expect(gradientError(of: Self.attention(shape[3]), at: x) < 5e-3)
    #expect(gradientError(of: StochasticDepth(0.4), at: x) < 1e-3)
    var randomness = RandomSource(seed: 4)
    let shortcut = Conv2D(
      inputs: shape[3], outputs: shape[3], kernel: 1, randomness: &randomness)
    #expect(gradientError(of: Residual(Activate(.tanh), shortcut: shortcut), at: x) < 3e-3)
  }

  /// One entry of Golden/blocks.json, made by Golden/blocks.py.
  private struct Block: Decodable {
    let input: [Int]
    let y, dx: Part
    let gradients: [String: Part]
  }

  private struct Part: Decodable {
    let shape: [Int]
    let step: Int
    let values: [Float]

    func isClose(to tensor: Tensor) -> Bool {
      let all = tensor.values
      let found = stride(from: 0, to: all.count, by: step).map { all[$0] }
      return all.count == shape.reduce(1, *) && found.count == values.count
        && zip(found, values).allSatisfy { abs($0 - $1) <= 1e-4 * max(1, abs($1)) }
    }
  }

  @Test(arguments: ["excite", "attention"])
  func outputsAndGradientsMatchPyTorch(name: String) throws {
    let url = try #require(
      Bundle.module.url(forResource: "blocks", withExtension: "json", subdirectory: "Golden"))
    let blocks = try JSONDecoder().decode([String: Block].self, from: Data(contentsOf: url))
    let golden = try #require(blocks[name])
    let layer: any Layer = name == "excite" ? Self.excite(6, 2) : Self.attention(16)
    for entry in layer.parameters where entry.name.hasSuffix("weight") {
      entry.parameter.plain = sines(entry.parameter.plainShape)
    }
    var saved = Saved(.training)
    let y = layer.forward(sines(golden.input), saving: &saved)
    let dx = layer.backward(cosines(golden.input), from: &saved)
    #expect(golden.y.isClose(to: y))
    #expect(golden.dx.isClose(to: dx))
    for (key, gradient) in golden.gradients {
      let name = key == "gain" ? key : "\(key).weight"
      let own = try #require(layer.parameters.first { $0.name == name })
      #expect(gradient.isClose(to: own.parameter.plainGradient), "\(key)")
    }
  }

  @Test func attentionBeginsAsTheIdentity() {
    let x = Tensor.random([2, 3, 3, 16], seed: 5)
    #expect(Self.attention(16, gain: 0)(x) == x)
  }

  @Test func stochasticDepthLeavesOutWholeImages() {
    let x = Tensor.random([400, 2, 2, 3], in: 1...2, seed: 6)
    var saved = Saved(.training, randomness: RandomSource(seed: 7))
    let y = StochasticDepth(0.25).forward(x, saving: &saved).values
    var kept = 0
    for image in 0..<400 {
      let (own, old) = (y[image * 12..<image * 12 + 12], x.values[image * 12..<image * 12 + 12])
      let isKept = own.first != 0
      if isKept { kept += 1 }
      #expect(zip(own, old).allSatisfy { isKept ? abs($0 - $1 / 0.75) < 1e-5 : $0 == 0 })
    }
    #expect(abs(kept - 300) < 35)  // four standard deviations
    #expect(StochasticDepth(0.25)(x) == x)
  }

  @Test func bfloat16IsCloseToFloat32() {
    let x = Tensor.random([2, 3, 4, 16], seed: 8)
    #expect(agreesInBfloat16(Self.excite(16, 4), at: x))
    #expect(agreesInBfloat16(Self.attention(16), at: x))
    #expect(agreesInBfloat16(StochasticDepth(0.5), at: x))
  }

  @Test(arguments: [
    (3, 1, Activation.relu), (32, 32, .silu), (32, 32, .relu6), (32, 1, .silu), (16, 1, .identity),
  ])
  func normalizationsBecomeAPartOfConvolutions(
    channels: Int, groups: Int, activation: Activation
  ) throws {
    var randomness = RandomSource(seed: 9)
    let chain = Sequential([
      "conv": Conv2D(
        inputs: channels, outputs: 32, kernel: 3, groups: groups, bias: false,
        randomness: &randomness),
      "norm": BatchNorm(channels: 32, activation: activation),
    ])
    for (key, entry) in chain.parameters.dropFirst().enumerated() {
      entry.parameter.plain = .random([32], in: 0.5...1.5, seed: UInt64(key))
    }
    let merged = chain.forInference
    #expect(merged.node.children.count == 1)
    let x = Tensor.random([2, 9, 9, channels], seed: 10)
    #expect(allClose(merged(x), chain(x), tolerance: 1e-4))
  }
}
