import Engine

extension NetworkArchitecture {
  /// One hidden layer of 128 on the pixels of a 64×64 face: what a network without convolutions
  /// can do.
  public static let shallow = NetworkArchitecture(
    .shallow,
    summary: "One hidden layer of 128 on the pixels: what a network without convolutions can do.",
    input: .halves(side: 64), sides: 8...256, weightDecay: 1e-4, learningRate: 1e-3
  ) { shallowTree($0, &$1) }

  /// Three 3×3 convolutions of 32, 64 and 128 filters, each halved by max-pooling; 128×128.
  public static let cnn = NetworkArchitecture(
    .cnn, summary: "Three 3×3 convolutions of 32, 64 and 128 filters.",
    input: .halves(side: 128, share: 0.625), sides: 8...256, weightDecay: 1e-4, learningRate: 1e-3,
    shape: NetworkShape(filters: [32, 64, 128], kernel: 3, dropout: 0, activation: .relu)
  ) { cnnTree($0, &$1) }

  /// Three 5×5 convolutions of 64, 128 and 512 filters with batch normalization, max-pooling and
  /// dropout, as a course study tuned them (AdamW 1.79e-4, weight decay 1.55e-4, batch 32); 64×64.
  public static let cnnBN = NetworkArchitecture(
    .cnnBN,
    summary:
      "Three 5×5 convolutions of 64, 128 and 512 filters with batch normalization and dropout, as a course study tuned them.",
    input: .halves(side: 64), sides: 8...256, weightDecay: 1.55e-4, learningRate: 1.79e-4,
    shape: NetworkShape(filters: [64, 128, 512], kernel: 5, dropout: 0.5, activation: .relu)
  ) { cnnBNTree($0, &$1) }

  /// Five 3×3 convolutions, with self-attention (Zhang and others, "SAGAN", 2019) over the 16×16
  /// and the 8×8 pixels of the third and the fourth; 128×128.
  public static let c5 = NetworkArchitecture(
    .c5, summary: "Five 3×3 convolutions with self-attention (Zhang and others, \"SAGAN\", 2019).",
    input: .halves(side: 128, share: 0.625), sides: 32...256, weightDecay: 1e-2, learningRate: 1e-3
  ) { c5Tree(&$1) }
}

extension DetectorKind {
  public static let shallow = DetectorKind("shallow")
  public static let cnn = DetectorKind("cnn")
  public static let cnnBN = DetectorKind("cnn-bn")
  public static let c5 = DetectorKind("c5")
}

/// One hidden layer of 128 on plain pixels.
func shallowTree(_ side: Int, _ make: inout LayerBuilder) -> Sequential {
  Sequential([
    "flatten": Flatten(),
    "hidden": make.dense(side * side * 3, 128, activation: .relu),
    "classifier": make.dense(128, 1),
  ])
}

/// Three convolutions, each with max-pooling, and global average pooling.
func cnnTree(_ shape: NetworkShape, _ make: inout LayerBuilder) -> Sequential {
  var (steps, inputs) = ([(name: String, layer: any Layer)](), 3)
  for (index, outputs) in shape.filters.enumerated() {
    steps.append(
      (
        "step\(index + 1)",
        Sequential([
          "conv": make.convolution(
            inputs, outputs, shape.kernel, activation: shape.activation.function,
            isFirst: index == 0),
          "pool": MaxPool(2),
        ])
      ))
    inputs = outputs
  }
  steps.append(("mean", GlobalAveragePool()))
  if shape.dropout > 0 { steps.append(("dropout", make.dropout(shape.dropout))) }
  return Sequential(children: steps + [("classifier", make.dense(inputs, 1))])
}

/// Three normalized convolutions, each with max-pooling and half the dropout of the last layer.
func cnnBNTree(_ shape: NetworkShape, _ make: inout LayerBuilder) -> Sequential {
  var (steps, inputs) = ([(name: String, layer: any Layer)](), 3)
  for (index, outputs) in shape.filters.enumerated() {
    steps.append(
      (
        "step\(index + 1)",
        Sequential([
          "features": make.normalized(
            inputs, outputs, shape.kernel, activation: shape.activation.function,
            isFirst: index == 0),
          "pool": MaxPool(2),
          "dropout": make.dropout(shape.dropout / 2),
        ])
      ))
    inputs = outputs
  }
  return Sequential(
    children: steps + [
      ("mean", GlobalAveragePool()),
      ("dropout", make.dropout(shape.dropout)),
      ("classifier", make.dense(inputs, 1)),
    ])
}

/// Four downsampling stages, the last two with self-attention, and one more convolution.
func c5Tree(_ make: inout LayerBuilder) -> Sequential {
  func step(_ inputs: Int, _ outputs: Int) -> Sequential {
    make.normalized(inputs, outputs, 3, stride: 2, activation: .relu, isFirst: inputs == 3)
  }
  return Sequential([
    "step1": step(3, 32), "step2": step(32, 64),
    "step3": step(64, 128), "attention3": make.attention(128),
    "step4": step(128, 256), "attention4": make.attention(256),
    "step5": make.normalized(256, 256, 3, activation: .relu),
    "mean": GlobalAveragePool(),
    "dropout": make.dropout(0.5),
    "classifier": make.dense(256, 1),
  ])
}
