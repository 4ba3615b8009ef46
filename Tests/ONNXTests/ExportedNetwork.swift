import Engine
import TestSupport

/// Small networks that have each layer that is written.
enum ExportedNetwork: String, CaseIterable {
  case pictures, transformer, streams, squares, spectra, local, capsules, clips, gru, volumes,
    steps,
    shapes

  /// The rows and columns of the pictures.
  static let side = 16

  /// The frames of a clip; 1 for pictures.
  var frames: Int {
    switch self {
    case .clips, .gru, .volumes, .steps: 5
    default: 1
    }
  }

  /// Two pictures or clips, in the order of graphs and in that of the engine.
  var input: (graph: Tensor, engine: Tensor) {
    let places = ExportedNetwork.side * ExportedNetwork.side
    let graph = Tensor.random(
      [2] + (frames > 1 ? [frames] : []) + [3, ExportedNetwork.side, ExportedNetwork.side],
      in: 0...255, seed: 9)
    let engine = Tensor(
      shape: graph.shape.dropLast(3) + [ExportedNetwork.side, ExportedNetwork.side, 3],
      values: graph.values.indices.map { index in
        let (image, rest) = index.quotientAndRemainder(dividingBy: 3 * places)
        return graph.values[image * 3 * places + rest % 3 * places + rest / 3]
      })
    return (graph, engine)
  }

  /// The layers; weights that begin as zeros have other values.
  var body: any Layer {
    let body = layers
    for (index, named) in body.parameters.enumerated()
    where named.name.hasSuffix("gain") || named.name.hasSuffix("class")
      || named.name.hasSuffix("running_mean")
    {
      named.parameter.plain = .random(named.parameter.plainShape, seed: 70 + UInt64(index))
    }
    return body
  }

  private var layers: any Layer {
    var chance = RandomSource(seed: 3)
    func conv(_ inputs: Int, _ outputs: Int, stride: Int = 1) -> Conv2D {
      Conv2D(inputs: inputs, outputs: outputs, kernel: 3, stride: stride, randomness: &chance)
    }
    func point(_ inputs: Int, _ outputs: Int) -> Conv2D {
      Conv2D(inputs: inputs, outputs: outputs, kernel: 1, randomness: &chance)
    }
    func dense(_ inputs: Int, _ outputs: Int) -> Dense {
      Dense(inputs: inputs, outputs: outputs, randomness: &chance)
    }
    let scale = Conv2D(
      kernel: Tensor(shape: [3, 1, 1, 1], values: [0.01, 0.02, 0.03]), groups: 3)
    switch self {
    case .pictures:
      return Sequential([
        "stem": Conv2D(
          inputs: 3, outputs: 8, kernel: 3, stride: 2, padding: .same, activation: .relu,
          randomness: &chance),
        "block": Residual(
          Conv2D(inputs: 8, outputs: 8, kernel: 3, groups: 8, randomness: &chance),
          shortcut: Sequential([
            "conv": Conv2D(inputs: 8, outputs: 8, kernel: 1, bias: false, randomness: &chance),
            "norm": BatchNorm(channels: 8, activation: .silu),
          ])),
        "gelu": Activate(.gelu),
        "squeeze": SqueezeExcite(channels: 8, squeezed: 2, randomness: &chance),
        "leaky": Activate(.leakyReLU(0.1)),
        "both": Concatenated(children: [
          ("max", MaxPool(3, stride: 1, padding: 1)),
          ("mean", AveragePool(3, stride: 1, padding: 1)),
        ]),
        "shuffle": PixelShuffle(2), "up": Resize(.bilinear, scale: 2),
        "quick": Activate(.quickGELU), "down": MaxPool(4), "flatten": Flatten(),
        "dense": Dense(inputs: 4 * 64, outputs: 6, activation: .relu, randomness: &chance),
        "classifier": dense(6, 2),
      ])
    case .transformer:
      return Sequential([
        "scale": scale,
        "tokens": PatchTokens(
          Conv2D(inputs: 3, outputs: 8, kernel: 4, stride: 4, padding: 0, randomness: &chance),
          count: 16, channels: 8, randomness: &chance),
        "norm": LayerNorm(channels: 8),
        "attention": Residual(
          MultiHeadAttention(channels: 8, heads: 2, randomness: &chance),
          shortcut: Activate(.identity)),
        "each": EachFrame(dense(8, 8)),
        "last": Residual(
          MultiHeadAttention(channels: 8, heads: 4, queries: .first, randomness: &chance),
          shortcut: TemporalPool(.first)),
        "classifier": dense(8, 2),
      ])
    case .streams:
      return Sequential([
        "scale": scale, "stem": conv(3, 16, stride: 2),
        "own": SelfAttention(channels: 16, randomness: &chance),
        "cross": CrossAttention(channels: 8, pixels: 64, randomness: &chance),
        "mean": GlobalAveragePool(), "classifier": dense(16, 2),
      ])
    case .squares:
      return Sequential([
        "scale": scale, "stem": conv(3, 4, stride: 2),
        "mix": MixAttention(query: point(4, 4), key: point(4, 4)), "flat": Flatten(),
        "classifier": dense(256, 2),
      ])
    case .spectra:
      return Sequential([
        "scale": scale,
        "both": Concatenated([
          "phases": Sequential.phaseOnly,
          "lengths": Sequential(["transform": FourierTransform(), "length": Polar(.magnitude)]),
          "band": Sequential([
            "transform": CosineTransform(),
            "band": FrequencyBand(side: 16, band: 3...9, randomness: &chance),
            "inverse": CosineTransform(.inverse),
          ]),
        ]),
        "flat": Flatten(), "classifier": dense(9 * 256, 2),
      ])
    case .local:
      return Sequential([
        "stem": conv(3, 16), "bands": BandStatistics(window: 4, bands: 3, randomness: &chance),
        "max": ChannelMax(), "flat": Flatten(), "classifier": dense(256, 2),
      ])
    case .capsules:
      let capsules = (0..<3).map { _ in
        Sequential([
          "conv": conv(8, 6), "statistics": StatisticsPool(), "sequence": Reshape([6, 1, 1, 2]),
          "steps": Conv3D(
            inputs: 2, outputs: 1, kernel: VolumeSize(frames: 3, side: 1), randomness: &chance),
          "norm": BatchNorm(channels: 1), "data": Reshape([6, 1]),
        ])
      }
      return Sequential([
        "scale": scale, "stem": conv(3, 8), "capsules": Concatenated(capsules),
        "squash": Squash(),
        "routing": CapsuleRouting(
          inputs: 3, data: 6, outputs: 2, outputData: 4, iterations: 3, randomness: &chance),
        "flat": Flatten(),
      ])
    case .clips:
      return Sequential([
        "trunk": EachFrame(Sequential(["scale": scale, "conv": conv(3, 6, stride: 2)])),
        "mean": EachFrame(GlobalAveragePool()),
        "lstm": Recurrent(
          .lstm, inputs: 6, hidden: 4, layers: 2, isBidirectional: true, bias: false,
          randomness: &chance),
        "states": TemporalPool(.mean), "classifier": dense(8, 2),
      ])
    case .gru:
      return Sequential([
        "mean": EachFrame(Sequential(["scale": scale, "mean": GlobalAveragePool()])),
        "gru": Recurrent(
          .gru, inputs: 3, hidden: 4, isBidirectional: true, output: .last, randomness: &chance),
        "classifier": dense(8, 2),
      ])
    case .volumes:
      return Sequential([
        "scale": EachFrame(scale),
        "conv": Conv3D(
          inputs: 3, outputs: 4, kernel: 3, stride: 2, padding: .same, bias: false,
          randomness: &chance),
        "norm": BatchNorm(channels: 4, activation: .relu),
        "both": Concatenated([
          "max": MaxPool3D(3, stride: 1, padding: .same), "same": Activate(.identity),
        ]),
        "mean": AveragePool3D(VolumeSize(frames: 1, side: 2)), "pool": GlobalAveragePool(),
        "classifier": dense(8, 2),
      ])
    case .steps:
      return Sequential([
        "conv": EachFrame(Sequential(["scale": scale, "conv": conv(3, 4, stride: 2)])),
        "middle": Residual(TemporalPool(.last), shortcut: TemporalPool(.max)),
        "mean": GlobalAveragePool(), "classifier": dense(4, 2),
      ])
    case .shapes:
      return Sequential([
        "scale": scale, "blocks": PixelUnshuffle(4),
        "divided": SpectralNorm(conv(48, 8), randomness: &chance),
        "norm": InstanceNorm(channels: 8), "part": Channels(2..<6), "flat": Flatten(),
        "back": Reshape([4, 4, 4]), "softmax": Softmax(), "again": Reshape([2, 2, 2, 8]),
        "volume": Conv3D(inputs: 8, outputs: 2, kernel: 1, randomness: &chance), "end": Flatten(),
        "classifier": dense(16, 2),
      ])
    }
  }
}
