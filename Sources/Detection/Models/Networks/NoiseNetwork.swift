import Engine

extension NetworkArchitecture {
  /// Luo and others, 2021, with one logit: published at 256×256, here 128×128 by default.
  public static let srm = NetworkArchitecture(
    .srm,
    summary:
      "Colors and high-pass noise residuals through two Xceptions that attend to each other (Luo and others, \"Generalizing face forgery detection with high-frequency features\", 2021).",
    group: .frequency, input: .halves(side: 128, share: 0.625), sides: 32...256, weightDecay: 1e-2,
    learningRate: 1e-3
  ) { srmTree($0, &$1) }
}

extension DetectorKind {
  public static let srm = DetectorKind("srm")
}

/// The network of Luo and others, as DeepfakeBench has it: 53,236,331 parameters at 256×256, where its
/// attention weighs 16×16 pixels by dense layers; other sides have others.
///
/// Filters of the spatial rich model (Fridrich & Kodovský, 2012) see the picture, and the first two
/// maps of the color stream too. DeepfakeBench's program repeats the filters in an order in which
/// each channel of a map meets only one of the three; here all three see every channel.
func srmTree(_ side: Int, _ make: inout LayerBuilder) -> Sequential {
  let (_, middle, end) = Xception.sizes(at: side)
  let noise = Concatenated(["color": Activate(.identity), "noise": residuals(of: 3)])
  let streams = Sequential([
    "stem1": make.streams(
      6, Xception.stem1(3, isFirst: true, &make), Xception.stem1(3, isFirst: true, &make)),
    "noise1": receiving(32, &make),
    "stem2": make.streams(64, Xception.stem2(&make), Xception.stem2(&make)),
    "noise2": receiving(64, &make),
  ])
  let attention = spatialAttention(&make)
  return Sequential([
    "input": make.fixed(noise),
    "stems": Concatenated(["streams": streams, "attention": attention]),
    "guided": guided(),
    "blocks1": make.streams(128, Xception.blocks(1...3, &make), Xception.blocks(1...3, &make)),
    "cross1": make.crossAttention(728, pixels: middle * middle),
    "blocks2": make.streams(1456, Xception.blocks(4...7, &make), Xception.blocks(4...7, &make)),
    "cross2": make.crossAttention(728, pixels: middle * middle),
    "blocks3": make.streams(
      1456, Xception.blocks(8...12, &make), Xception.blocks(8...12, &make)),
    "exit1": make.streams(2048, Xception.exit1(&make), Xception.exit1(&make)),
    "exit2": make.streams(
      3072, Xception.exit2(activation: .identity, &make),
      Xception.exit2(activation: .identity, &make)),
    "fusion": make.normalized(4096, 2048, 1, activation: .relu),
    "weighed": Gated(gate: channelAttention(2048, side: end, &make)),
    "mean": GlobalAveragePool(),
    "classifier": make.dense(2048, 1),
  ])
}

/// Three filters of the spatial rich model, 5×5: differences of second order in both directions, of
/// the same in a wider window, and along rows.
private let richFilters: [[Float]] = [
  [0, 0, 0, 0, 0, 0, -1, 2, -1, 0, 0, 2, -4, 2, 0, 0, -1, 2, -1, 0, 0, 0, 0, 0, 0].map { $0 / 4 },
  [
    -1, 2, -2, 2, -1, 2, -6, 8, -6, 2, -2, 8, -12, 8, -2, 2, -6, 8, -6, 2, -1, 2, -2, 2, -1,
  ].map { $0 / 12 },
  [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, -2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0].map { $0 / 2 },
]

/// What each of the filters finds in the sum of all channels, between −3 and 3: three channels.
private func residuals(of channels: Int) -> Sequential {
  let values = richFilters.flatMap { filter in (0..<channels).flatMap { _ in filter } }
  return Sequential([
    "filters": Conv2D(kernel: Tensor(shape: [3, channels, 5, 5], values: values)),
    "clip": Activate(.hardTanh(3)),
  ])
}

/// A color map `[N, H, W, C]` beside a noise map, to which residuals of the color map are added.
private func receiving(_ channels: Int, _ make: inout LayerBuilder) -> Concatenated {
  let filters = richFilters.map { filter -> any Layer in
    let values = (0..<channels).flatMap { _ in filter }
    return Conv2D(
      kernel: Tensor(shape: [channels, 1, 5, 5], values: values), groups: channels)
  }
  let residuals = Sequential([
    "color": Channels(0..<channels), "filters": Concatenated(filters),
    "clip": Activate(.hardTanh(3)),
    "reduce": make.normalized(3 * channels, channels, 1, activation: .relu),
  ])
  let noise = Sequential([
    "sum": Residual(residuals, shortcut: Channels(channels..<2 * channels)),
    "relu": Activate(.relu),
  ])
  return Concatenated(["color": Channels(0..<channels), "noise": noise])
}

/// Where noise stands out, 0…1: one channel of the size that the streams have, from the last three of
/// six channels.
private func spatialAttention(_ make: inout LayerBuilder) -> Sequential {
  let mean = Conv2D(
    kernel: Tensor(shape: [1, 64, 1, 1], values: [Float](repeating: 1.0 / 64, count: 64)))
  return Sequential([
    "noise": make.fixed(Sequential(["half": Channels(3..<6), "residuals": residuals(of: 3)])),
    "conv1": Xception.stem1(3, isFirst: true, &make), "conv2": Xception.stem2(&make),
    "channels": Concatenated(["mean": mean, "max": ChannelMax()]),
    "map": make.plain(2, 1, 7), "sigmoid": Activate(.sigmoid),
  ])
}

/// The color map times one plus the attention, the last of 129 channels, beside the noise map.
private func guided() -> Concatenated {
  let ones = [Float](repeating: 1, count: 64)
  let factor = Sequential([
    "attention": Channels(128..<129),
    "repeat": Conv2D(
      kernel: Tensor(shape: [64, 1, 1, 1], values: ones), bias: Tensor(shape: [64], values: ones)),
  ])
  return Concatenated([
    "color": Sequential([
      "weighed": Gated(gate: factor, body: Channels(0..<64)),
      "norm": BatchNorm(channels: 64, activation: .relu),
    ]),
    "noise": Channels(64..<128),
  ])
}

/// A factor for each channel, from its mean and its maximum through the same two layers.
private func channelAttention(
  _ channels: Int, side: Int, _ make: inout LayerBuilder
) -> Sequential {
  let layers = Sequential([
    "reduce": make.plain(channels, channels / 16, 1), "relu": Activate(.relu),
    "expand": make.plain(channels / 16, channels, 1),
  ])
  return Sequential([
    "pooled": Concatenated([
      "mean": GlobalAveragePool(),
      "max": Sequential(["pool": MaxPool(side), "flat": Flatten()]),
    ]),
    "pair": Reshape([2, 1, 1, channels]), "layers": EachFrame(layers), "flat": Flatten(),
    "sum": Residual(
      Channels(0..<channels), shortcut: Channels(channels..<2 * channels)),
    "sigmoid": Activate(.sigmoid),
  ])
}
