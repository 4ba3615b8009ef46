import Engine

/// Builds the layers of a network, with weights from one random source in the order of
/// construction.
struct LayerBuilder {
  private var randomness: RandomSource
  private let dropping: Float
  private let reachesInput: Bool

  /// - Parameters:
  ///   - dropping: a factor on every dropout probability.
  ///   - reachesInput: whether gradients with respect to the pictures are needed.
  init(_ randomness: RandomSource, dropping: Float, reachesInput: Bool) {
    self.randomness = randomness
    (self.dropping, self.reachesInput) = (dropping, reachesInput)
  }

  /// A convolution with a bias and an optional activation; padded to keep the size at stride 1.
  mutating func convolution(
    _ inputs: Int, _ outputs: Int, _ kernel: Int, dilation: Int = 1, groups: Int = 1,
    activation: Activation = .identity, isFirst: Bool = false
  ) -> Conv2D {
    Conv2D(
      inputs: inputs, outputs: outputs, kernel: kernel, dilation: dilation, groups: groups,
      activation: activation, isFirst: isFirst && !reachesInput, randomness: &randomness)
  }

  /// A convolution without a bias, to be followed by a normalization.
  mutating func plain(
    _ inputs: Int, _ outputs: Int, _ kernel: Int, stride: Int = 1,
    padding: LayerOperation.Padding? = nil, groups: Int = 1, isFirst: Bool = false
  ) -> Conv2D {
    Conv2D(
      inputs: inputs, outputs: outputs, kernel: kernel, stride: stride, padding: padding,
      groups: groups, bias: false, isFirst: isFirst && !reachesInput, randomness: &randomness)
  }

  /// A convolution ("conv") and its normalization with an activation ("norm").
  mutating func normalized(
    _ inputs: Int, _ outputs: Int, _ kernel: Int, stride: Int = 1,
    padding: LayerOperation.Padding? = nil, groups: Int = 1, activation: Activation = .identity,
    epsilon: Float = 1e-5, isFirst: Bool = false
  ) -> Sequential {
    Sequential([
      "conv": plain(
        inputs, outputs, kernel, stride: stride, padding: padding, groups: groups, isFirst: isFirst),
      "norm": BatchNorm(channels: outputs, activation: activation, epsilon: epsilon),
    ])
  }

  /// A convolution over time and space ("conv") and its normalization with ReLU ("norm"), padded as in
  /// TensorFlow.
  mutating func normalizedVolume(
    _ inputs: Int, _ outputs: Int, _ kernel: VolumeSize, stride: VolumeSize = 1,
    isFirst: Bool = false
  ) -> Sequential {
    Sequential([
      "conv": Conv3D(
        inputs: inputs, outputs: outputs, kernel: kernel, stride: stride, padding: .same,
        bias: false, isFirst: isFirst && !reachesInput, randomness: &randomness),
      "norm": BatchNorm(channels: outputs, activation: .relu, momentum: 0.01, epsilon: 1e-3),
    ])
  }

  /// A recurrent layer over the steps of a sequence.
  mutating func recurrent(
    _ cell: Recurrent.Cell, _ inputs: Int, hidden: Int, isBidirectional: Bool = false,
    bias: Bool = true, output: Recurrent.Output = .all
  ) -> Recurrent {
    Recurrent(
      cell, inputs: inputs, hidden: hidden, isBidirectional: isBidirectional, bias: bias,
      output: output, randomness: &randomness)
  }

  /// A fully connected layer.
  mutating func dense(
    _ inputs: Int, _ outputs: Int, activation: Activation = .identity
  ) -> Dense {
    Dense(inputs: inputs, outputs: outputs, activation: activation, randomness: &randomness)
  }

  /// Self-attention over all pixels.
  mutating func attention(_ channels: Int) -> SelfAttention {
    SelfAttention(channels: channels, randomness: &randomness)
  }

  /// Squeeze and excitation with `squeezed` hidden units.
  mutating func excitation(_ channels: Int, squeezed: Int) -> SqueezeExcite {
    SqueezeExcite(channels: channels, squeezed: squeezed, randomness: &randomness)
  }

  /// A convolution over the steps of a sequence, which has the shape `[N, T, 1, 1, C]`.
  mutating func steps(_ inputs: Int, _ outputs: Int, _ kernel: Int, stride: Int = 1) -> Conv3D {
    Conv3D(
      inputs: inputs, outputs: outputs, kernel: VolumeSize(frames: kernel, side: 1),
      stride: VolumeSize(frames: stride, side: 1), randomness: &randomness)
  }

  /// Dynamic routing between capsules.
  mutating func routing(
    _ inputs: Int, data: Int, to outputs: Int, outputData: Int, iterations: Int
  ) -> CapsuleRouting {
    CapsuleRouting(
      inputs: inputs, data: data, outputs: outputs, outputData: outputData,
      iterations: iterations, randomness: &randomness)
  }

  /// A learned mask over the frequencies i + j of `side` rows and columns.
  mutating func band(_ side: Int, _ band: ClosedRange<Int>) -> FrequencyBand {
    FrequencyBand(side: side, band: band, randomness: &randomness)
  }

  /// How strong bands of frequencies are in windows.
  mutating func bandStatistics(window: Int, bands: Int) -> BandStatistics {
    BandStatistics(window: window, bands: bands, randomness: &randomness)
  }

  /// Attention between the pixels of two streams.
  mutating func crossAttention(_ channels: Int, pixels: Int) -> CrossAttention {
    CrossAttention(channels: channels, pixels: pixels, randomness: &randomness)
  }

  /// Attention between the steps of a sequence.
  mutating func attention(
    _ channels: Int, heads: Int, queries: MultiHeadAttention.Queries = .all
  ) -> MultiHeadAttention {
    MultiHeadAttention(channels: channels, heads: heads, queries: queries, randomness: &randomness)
  }

  /// Pictures as sequences of `count` patches.
  mutating func tokens(_ patches: any Layer, count: Int, channels: Int) -> PatchTokens {
    PatchTokens(patches, count: count, channels: channels, randomness: &randomness)
  }

  /// A layer without weights to train, before any that has some.
  func fixed(_ layer: any Layer) -> any Layer { reachesInput ? layer : Detached(layer) }

  /// Two layers, each of which reads its half of `channels`.
  func streams(_ channels: Int, _ first: any Layer, _ second: any Layer) -> Concatenated {
    let half = channels / 2
    return Concatenated([
      Sequential(["half": Channels(0..<half), "layer": first]),
      Sequential(["half": Channels(half..<channels), "layer": second]),
    ])
  }

  /// Dropout with a published probability.
  func dropout(_ share: Float) -> Dropout { Dropout(share * dropping) }

  /// Stochastic depth with a published probability.
  func depth(_ share: Float) -> StochasticDepth { StochasticDepth(share * dropping) }
}
