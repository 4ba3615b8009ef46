import Engine

extension NetworkArchitecture {
  /// Meso-4 (Afchar and others, "MesoNet", 2018), as published: 256×256.
  public static let meso4 = NetworkArchitecture(
    .meso4, summary: "Meso-4 (Afchar and others, \"MesoNet\", 2018).",
    input: DetectorInput(side: 256), sides: 32...256, weightDecay: 1e-4, learningRate: 1e-3
  ) { meso4Tree($0, &$1) }

  /// MesoInception-4 (the same paper), as published: 256×256.
  public static let mesoinception4 = NetworkArchitecture(
    .mesoinception4, summary: "MesoInception-4 (Afchar and others, \"MesoNet\", 2018).",
    input: DetectorInput(side: 256), sides: 32...256, weightDecay: 1e-4, learningRate: 1e-3
  ) { mesoInception4Tree($0, &$1) }
}

extension DetectorKind {
  public static let meso4 = DetectorKind("meso4")
  public static let mesoinception4 = DetectorKind("mesoinception4")
}

// From classifiers.py of DariusAf/MesoNet: normalization after the activation, Keras' epsilon of
// 0.001 and momentum of 0.99, flattening in the order height, width, channels. The published
// networks output the probability of real; here the logit is that of fake.

/// Meso-4: 27,977 trainable parameters at 256×256.
func meso4Tree(_ side: Int, _ make: inout LayerBuilder) -> Sequential {
  Sequential([
    "conv1": make.convolution(3, 8, 3, activation: .relu, isFirst: true),
    "norm1": kerasNorm(8), "pool1": MaxPool(2),
    "conv2": make.convolution(8, 8, 5, activation: .relu),
    "norm2": kerasNorm(8), "pool2": MaxPool(2),
    "conv3": make.convolution(8, 16, 5, activation: .relu),
    "norm3": kerasNorm(16), "pool3": MaxPool(2),
    "conv4": make.convolution(16, 16, 5, activation: .relu),
    "norm4": kerasNorm(16), "pool4": MaxPool(4),
    "head": mesoHead(side, &make),
  ])
}

/// MesoInception-4: 28,615 trainable parameters at 256×256.
func mesoInception4Tree(_ side: Int, _ make: inout LayerBuilder) -> Sequential {
  Sequential([
    "inception1": inception(3, [1, 4, 4, 2], &make),
    "norm1": kerasNorm(11), "pool1": MaxPool(2),
    "inception2": inception(11, [2, 4, 4, 2], &make),
    "norm2": kerasNorm(12), "pool2": MaxPool(2),
    "conv3": make.convolution(12, 16, 5, activation: .relu),
    "norm3": kerasNorm(16), "pool3": MaxPool(2),
    "conv4": make.convolution(16, 16, 5, activation: .relu),
    "norm4": kerasNorm(16), "pool4": MaxPool(4),
    "head": mesoHead(side, &make),
  ])
}

/// The common head: the input has a thirty-second of the side and 16 channels.
private func mesoHead(_ side: Int, _ make: inout LayerBuilder) -> Sequential {
  Sequential([
    "flatten": Flatten(),
    "dropout1": make.dropout(0.5),
    "hidden": make.dense(side / 32 * (side / 32) * 16, 16, activation: .leakyReLU(0.1)),
    "dropout2": make.dropout(0.5),
    "classifier": make.dense(16, 1),
  ])
}

/// Four parallel branches: 1×1, then 3×3 of dilation 1, 2 and 3.
private func inception(_ inputs: Int, _ outputs: [Int], _ make: inout LayerBuilder) -> Concatenated
{
  Concatenated(
    outputs.enumerated().map { dilation, outputs -> any Layer in
      let first = make.convolution(inputs, outputs, 1, activation: .relu)
      guard dilation > 0 else { return Sequential(["conv1": first]) }
      return Sequential([
        "conv1": first,
        "conv3": make.convolution(outputs, outputs, 3, dilation: dilation, activation: .relu),
      ])
    })
}

private func kerasNorm(_ channels: Int) -> BatchNorm {
  BatchNorm(channels: channels, momentum: 0.01, epsilon: 1e-3)
}
