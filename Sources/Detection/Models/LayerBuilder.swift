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
    _ inputs: Int, _ outputs: Int, _ kernel: Int, dilation: Int = 1,
    activation: Activation = .identity, isFirst: Bool = false
  ) -> Conv2D {
    Conv2D(
      inputs: inputs, outputs: outputs, kernel: kernel, dilation: dilation, activation: activation,
      isFirst: isFirst && !reachesInput, randomness: &randomness)
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

  /// Dropout with a published probability.
  func dropout(_ share: Float) -> Dropout { Dropout(share * dropping) }

  /// Stochastic depth with a published probability.
  func depth(_ share: Float) -> StochasticDepth { StochasticDepth(share * dropping) }
}
