import Engine
import TestSupport
import Testing

/// A layer, and what it says of itself.
struct Described: CustomTestStringConvertible, @unchecked Sendable {
  let layer: any Layer
  let operation: LayerOperation
  var parameters: [String] = []
  var children: [String] = []
  /// An input that the layer takes.
  var input = [2, 8, 8, 16]

  var testDescription: String { "\(operation)" }

  /// Every layer of the engine, with attributes other than the defaults.
  static let all: [Described] = {
    var chance = RandomSource(seed: 1)
    let identity = Activate(.identity)
    let convolution = Conv2D(
      inputs: 16, outputs: 8, kernel: 3, stride: 2, padding: 2, dilation: 2, groups: 4,
      activation: .relu, randomness: &chance)
    let settings = LayerOperation.convolution(
      .init(
        inputs: 16, outputs: 8, kernel: 3, stride: 2, padding: 2, dilation: 2, groups: 4,
        activation: .relu))
    let plain = Conv2D(inputs: 16, outputs: 4, kernel: 5, bias: false, randomness: &chance)
    let norms = ["weight", "bias", "running_mean", "running_var"]
    return [
      Described(
        layer: Sequential(["a": identity, "b": Flatten()]), operation: .chain,
        children: ["a", "b"]),
      Described(
        layer: Residual([Activate(.tanh)]), operation: .sum, children: ["body", "shortcut"]),
      Described(
        layer: Gated(gate: Sequential([GlobalAveragePool(), Activate(.sigmoid)])),
        operation: .product, children: ["gate", "body"]),
      Described(
        layer: Concatenated([identity, MaxPool(1)]), operation: .concatenation,
        children: ["0", "1"]),
      Described(layer: convolution, operation: settings, parameters: ["weight", "bias"]),
      Described(
        layer: plain,
        operation: .convolution(
          .init(
            inputs: 16, outputs: 4, kernel: 5, padding: 2)), parameters: ["weight"]),
      Described(
        layer: Conv2D(
          inputs: 16, outputs: 16, kernel: 3, stride: 2, padding: .same, groups: 16,
          randomness: &chance),
        operation: .convolution(
          .init(inputs: 16, outputs: 16, kernel: 3, stride: 2, padding: .same, groups: 16)),
        parameters: ["weight", "bias"]),
      Described(
        layer: Dense(inputs: 16, outputs: 3, activation: .leakyReLU(0.1), randomness: &chance),
        operation: .dense(inputs: 16, outputs: 3, activation: .leakyReLU(0.1)),
        parameters: ["weight", "bias"], input: [2, 16]),
      Described(
        layer: SelfAttention(channels: 16, randomness: &chance), operation: .selfAttention,
        parameters: ["gain"], children: ["query", "key", "value"]),
      Described(
        layer: SqueezeExcite(channels: 16, squeezed: 4, randomness: &chance),
        operation: .squeezeExcitation, children: [""]),
      Described(
        layer: SpectralNorm(plain, randomness: &chance), operation: .spectralNormalization,
        parameters: ["u", "v"], children: [""]),
      Described(layer: Activate(.gelu), operation: .activation(.gelu)),
      Described(
        layer: PReLU(channels: 16), operation: .parametricReLU, parameters: ["weight"]),
      Described(layer: Softmax(), operation: .softmax),
      Described(layer: Dropout(0.25), operation: .dropout(probability: 0.25)),
      Described(layer: StochasticDepth(0.5), operation: .stochasticDepth(probability: 0.5)),
      Described(
        layer: BatchNorm(channels: 16, activation: .silu, momentum: 0.01, epsilon: 1e-3),
        operation: .batchNormalization(epsilon: 1e-3, momentum: 0.01, activation: .silu),
        parameters: norms),
      Described(
        layer: InstanceNorm(channels: 16, affine: true, epsilon: 1e-4),
        operation: .instanceNormalization(epsilon: 1e-4), parameters: ["weight", "bias"]),
      Described(
        layer: InstanceNorm(channels: 16), operation: .instanceNormalization(epsilon: 1e-5)),
      Described(
        layer: LayerNorm(channels: 16, epsilon: 1e-6),
        operation: .layerNormalization(epsilon: 1e-6), parameters: ["weight", "bias"]),
      Described(
        layer: MaxPool(3, stride: 2, padding: 1),
        operation: .maxPool(.init(kernel: 3, stride: 2, padding: 1))),
      Described(
        layer: AveragePool(2), operation: .averagePool(.init(kernel: 2, stride: 2, padding: 0))),
      Described(layer: GlobalAveragePool(), operation: .globalAveragePool),
      Described(
        layer: Resize(.nearest, height: 5, width: 11),
        operation: .resize(.nearest, .size(height: 5, width: 11))),
      Described(
        layer: Resize(.bilinear, scale: 1.3), operation: .resize(.bilinear, .scale(1.3))),
      Described(layer: PixelShuffle(2), operation: .pixelShuffle(factor: 2)),
      Described(layer: PixelUnshuffle(4), operation: .pixelUnshuffle(factor: 4)),
      Described(
        layer: EachFrame(Flatten()), operation: .frames, children: [""], input: [2, 3, 4, 4, 2]),
      Described(
        layer: Conv3D(
          inputs: 4, outputs: 6, kernel: 3, stride: 2, padding: .same, activation: .relu,
          bias: false, randomness: &chance),
        operation: .convolution3D(
          .init(inputs: 4, outputs: 6, kernel: 3, stride: 2, padding: .same, activation: .relu)),
        parameters: ["weight"], input: [2, 3, 5, 5, 4]),
      Described(
        layer: Recurrent(
          .gru, inputs: 5, hidden: 3, isBidirectional: true, bias: false, output: .last,
          randomness: &chance),
        operation: .recurrent(
          .init(.gru, inputs: 5, hidden: 3, isBidirectional: true, output: .last)),
        parameters: [
          "weight_ih_l0", "weight_hh_l0", "weight_ih_l0_reverse", "weight_hh_l0_reverse",
        ], input: [2, 4, 5]),
      Described(
        layer: MaxPool3D(VolumeSize(frames: 1, side: 3), stride: 2, padding: .same),
        operation: .maxPool3D(
          .init(kernel: VolumeSize(frames: 1, side: 3), stride: 2, padding: .same)),
        input: [1, 3, 6, 6, 2]),
      Described(
        layer: AveragePool3D(2), operation: .averagePool3D(.init(kernel: 2, stride: 2)),
        input: [1, 4, 4, 5, 2]),
      Described(
        layer: TemporalPool(.max), operation: .temporalPool(.max), input: [2, 3, 4, 4, 2]),
      Described(
        layer: CapsuleRouting(
          inputs: 3, data: 4, outputs: 2, outputData: 5, randomness: &chance),
        operation: .capsuleRouting(
          .init(inputs: 3, outputs: 2, data: 4, outputData: 5, iterations: 2)),
        parameters: ["weight"], input: [2, 4, 3]),
      Described(layer: OpticalFlow(), operation: .opticalFlow, input: [2, 3, 8, 9, 3]),
      Described(layer: Squash(), operation: .squash),
      Described(layer: StatisticsPool(), operation: .statisticsPool),
      Described(layer: CosineTransform(.inverse), operation: .cosineTransform(.inverse)),
      Described(layer: FourierTransform(), operation: .fourierTransform(.forward)),
      Described(
        layer: FourierTransform(.inverse), operation: .fourierTransform(.inverse)),
      Described(layer: Polar(.phase), operation: .polar(.phase)),
      Described(
        layer: FrequencyBand(side: 8, band: 2...9, randomness: &chance),
        operation: .frequencyBand(.init(side: 8, start: 2, end: 9)), parameters: ["weight"]),
      Described(
        layer: BandStatistics(window: 4, bands: 3, randomness: &chance),
        operation: .bandStatistics(.init(window: 4, bands: 3)), parameters: ["weight"]),
      Described(layer: Channels(3..<7), operation: .channels(3..<7)),
      Described(layer: ChannelMax(), operation: .channelMax),
      Described(layer: Detached(MaxPool(2)), operation: .detached, children: [""]),
      Described(
        layer: MixAttention(query: identity, key: Activate(.tanh)), operation: .mixAttention,
        parameters: ["gain"], children: ["query", "key"]),
      Described(
        layer: CrossAttention(channels: 8, pixels: 64, randomness: &chance),
        operation: .crossAttention, parameters: ["gain"],
        children: ["key1", "key2", "shared", "score1", "score2", "value1", "value2"]),
      Described(
        layer: MultiHeadAttention(
          channels: 6, heads: 3, queries: .first, randomness: &chance),
        operation: .multiHeadAttention(.init(heads: 3, queries: .first)),
        children: ["query", "key", "value", "out"], input: [2, 5, 6]),
      Described(
        layer: PatchTokens(AveragePool(4), count: 4, channels: 16, randomness: &chance),
        operation: .patchTokens, parameters: ["class", "position"], children: ["patches"]),
      Described(
        layer: Conv2D(kernel: Tensor(zeros: [4, 16, 3, 3]), stride: 2),
        operation: .convolution(
          .init(inputs: 16, outputs: 4, kernel: 3, stride: 2, padding: 1)),
        parameters: ["weight"]),
      Described(
        layer: TemporalPool(.first), operation: .temporalPool(.first), input: [2, 3, 4]),
      Described(layer: Flatten(), operation: .flatten),
      Described(layer: Reshape([4, 16, 16]), operation: .reshape([4, 16, 16])),
    ]
  }()
}

@Suite struct LayerNodeTests {
  @Test(arguments: Described.all)
  func everyLayerDescribesItself(_ expected: Described) {
    let node = expected.layer.node
    #expect(node.operation == expected.operation)
    #expect(node.ownParameters.map(\.name) == expected.parameters)
    #expect(node.children.map(\.name) == expected.children)
    for name in expected.parameters { #expect(node[name] != nil) }
    #expect(node["absent"] == nil)
  }

  @Test(arguments: Described.all)
  func shapesAreKnownWithoutAForwardPass(_ expected: Described) {
    let found = expected.layer.outputShape(for: expected.input)
    #expect(found == expected.layer(Tensor.random(expected.input, seed: 2)).shape)
  }

  @Test func aWalkVisitsEveryLayerUnderItsPath() {
    var chance = RandomSource(seed: 3)
    let network = Sequential([
      "stem": Conv2D(inputs: 3, outputs: 16, kernel: 3, randomness: &chance),
      "block": Residual(SelfAttention(channels: 16, randomness: &chance)),
      "excite": SqueezeExcite(channels: 16, squeezed: 4, randomness: &chance),
      "norm": SpectralNorm(
        Conv2D(inputs: 16, outputs: 2, kernel: 1, randomness: &chance), randomness: &chance),
    ])
    var (paths, parameters): ([String], [String]) = ([], [])
    let output = network.walk([1, 4, 6, 3], at: "net") { visit in
      paths.append(visit.path)
      parameters += visit.node.ownParameters.map { "\(visit.path).\($0.name)" }
    }
    #expect(output == [1, 4, 6, 2])
    #expect(
      paths == [
        "net.stem", "net.block.body.query", "net.block.body.key", "net.block.body.value",
        "net.block.body", "net.block.shortcut", "net.block", "net.excite.reduce",
        "net.excite.silu", "net.excite.expand", "net.excite.sigmoid", "net.excite", "net.excite",
        "net.norm", "net.norm", "net",
      ])
    #expect(parameters == network.parameters.under("net").map(\.name))
  }

  @Test func multiplyAddsAreThoseOfTheProducts() {
    var chance = RandomSource(seed: 4)
    func cost(_ layer: some Layer, _ input: [Int]) -> Int { layer.multiplyAdds(for: input) }
    let grouped = Conv2D(
      inputs: 8, outputs: 4, kernel: 3, stride: 2, groups: 2, randomness: &chance)
    #expect(cost(grouped, [2, 6, 10, 8]) == 2 * 3 * 5 * 4 * (4 * 9))
    #expect(cost(Dense(inputs: 5, outputs: 3, randomness: &chance), [7, 5]) == 7 * 15)
    let excite = SqueezeExcite(channels: 8, squeezed: 2, randomness: &chance)
    #expect(cost(excite, [3, 4, 4, 8]) == 3 * (16 + 16))
    let attention = SelfAttention(channels: 16, randomness: &chance)
    #expect(cost(attention, [1, 2, 3, 16]) == 6 * (32 + 32 + 256) + 36 * (2 + 16))
    let volume = Conv3D(inputs: 2, outputs: 3, kernel: 3, randomness: &chance)
    #expect(cost(volume, [1, 4, 5, 5, 2]) == 4 * 25 * 3 * 2 * 27)
    let recurrent = Recurrent(.lstm, inputs: 5, hidden: 3, randomness: &chance)
    #expect(cost(recurrent, [2, 7, 5]) == 2 * 7 * 4 * 3 * (5 + 3))
    let routing = CapsuleRouting(
      inputs: 3, data: 4, outputs: 2, outputData: 5, randomness: &chance)
    #expect(cost(routing, [6, 4, 3]) == 6 * 3 * 4 * 2 * 5)
    let mix = MixAttention(query: Activate(.identity), key: Activate(.identity))
    #expect(cost(mix, [2, 5, 5, 6]) == 2 * 6 * 5 * 5 * 5)
    let cross = CrossAttention(channels: 16, pixels: 6, randomness: &chance)
    let keys = 2 * 6 * 16 * 2 + 2 * 6 * 2 * 2
    let taken = 2 * 6 * 16 * 16 + 2 * 6 * 6 * 6
    #expect(cost(cross, [3, 2, 3, 32]) == 3 * (keys + taken + 36 * (2 + 2 * 16)))
    let heads = MultiHeadAttention(channels: 8, heads: 2, randomness: &chance)
    #expect(cost(heads, [2, 5, 8]) == 2 * (4 * 5 * 64 + 2 * 25 * 8))
    let first = MultiHeadAttention(channels: 8, heads: 2, queries: .first, randomness: &chance)
    #expect(cost(first, [2, 5, 8]) == 2 * (2 * 5 * 64 + 2 * 64 + 2 * 5 * 8))
    let bands = BandStatistics(window: 4, bands: 3, randomness: &chance)
    #expect(cost(bands, [2, 3, 5, 16]) == 2 * 15 * 3 * 16)
    #expect(cost(Sequential([MaxPool(2), BatchNorm(channels: 3)]), [1, 4, 4, 3]) == 0)
  }
}
