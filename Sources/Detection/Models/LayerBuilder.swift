import Engine

/// Makes the layers of a network, whose weights come from one source in the order of their making.
struct LayerBuilder {
  private var randomness: RandomSource
  private let dropping: Float
  private let reachesInput: Bool

  /// - Parameters:
  ///   - dropping: what every chance of dropping something is multiplied with.
  ///   - reachesInput: whether gradients are wanted back to the pictures.
  init(_ randomness: RandomSource, dropping: Float, reachesInput: Bool) {
    self.randomness = randomness
    (self.dropping, self.reachesInput) = (dropping, reachesInput)
  }

  /// A convolution with a bias and perhaps an activation; padded to keep the size at stride 1.
  mutating func convolution(
    _ inputs: Int, _ outputs: Int, _ kernel: Int, dilation: Int = 1,
    activation: Activation = .identity, isFirst: Bool = false
  ) -> Conv2D {
    Conv2D(
      inputs: inputs, outputs: outputs, kernel: kernel, dilation: dilation, activation: activation,
      isFirst: isFirst && !reachesInput, randomness: &randomness)
  }

  /// A convolution without a bias, for a normalization after it.
  mutating func plain(
    _ inputs: Int, _ outputs: Int, _ kernel: Int, stride: Int = 1, padding: Int? = nil,
    groups: Int = 1, isFirst: Bool = false
  ) -> Conv2D {
    Conv2D(
      inputs: inputs, outputs: outputs, kernel: kernel, stride: stride, padding: padding,
      groups: groups, bias: false, isFirst: isFirst && !reachesInput, randomness: &randomness)
  }

  /// A convolution ("conv") and its normalization with an activation ("norm").
  mutating func normalized(
    _ inputs: Int, _ outputs: Int, _ kernel: Int, stride: Int = 1, padding: Int? = nil,
    groups: Int = 1, activation: Activation = .identity, isFirst: Bool = false
  ) -> Sequential {
    Sequential([
      "conv": plain(
        inputs, outputs, kernel, stride: stride, padding: padding, groups: groups, isFirst: isFirst),
      "norm": BatchNorm(channels: outputs, activation: activation),
    ])
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

  /// A gate for each channel, by way of `squeezed` numbers.
  mutating func excitation(_ channels: Int, squeezed: Int) -> SqueezeExcite {
    SqueezeExcite(channels: channels, squeezed: squeezed, randomness: &randomness)
  }

  /// Dropout of a published share.
  func dropout(_ share: Float) -> Dropout { Dropout(share * dropping) }

  /// Stochastic depth of a published share.
  func depth(_ share: Float) -> StochasticDepth { StochasticDepth(share * dropping) }
}
