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
    input: .halves(side: 128, share: 0.625), sides: 8...256, weightDecay: 1e-4, learningRate: 1e-3
  ) { cnnTree(&$1) }

  /// Three 5×5 convolutions of 64, 128 and 512 filters with batch normalization, max-pooling and
  /// dropout, as a course study tuned them (AdamW 1.79e-4, weight decay 1.55e-4, batch 32); 64×64.
  public static let cnnBN = NetworkArchitecture(
    .cnnBN,
    summary:
      "Three 5×5 convolutions of 64, 128 and 512 filters with batch normalization and dropout, as a course study tuned them.",
    input: .halves(side: 64), sides: 8...256, weightDecay: 1.55e-4, learningRate: 1.79e-4
  ) { cnnBNTree(&$1) }

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
func cnnTree(_ make: inout LayerBuilder) -> Sequential {
  func step(_ inputs: Int, _ outputs: Int) -> Sequential {
    Sequential([
      "conv": make.convolution(inputs, outputs, 3, activation: .relu, isFirst: inputs == 3),
      "pool": MaxPool(2),
    ])
  }
  return Sequential([
    "step1": step(3, 32), "step2": step(32, 64), "step3": step(64, 128),
    "mean": GlobalAveragePool(),
    "classifier": make.dense(128, 1),
  ])
}

/// Three normalized 5×5 convolutions, each with max-pooling and dropout.
func cnnBNTree(_ make: inout LayerBuilder) -> Sequential {
  func step(_ inputs: Int, _ outputs: Int) -> Sequential {
    Sequential([
      "features": make.normalized(
        inputs, outputs, 5, activation: .relu, isFirst: inputs == 3),
      "pool": MaxPool(2),
      "dropout": make.dropout(0.25),
    ])
  }
  return Sequential([
    "step1": step(3, 64), "step2": step(64, 128), "step3": step(128, 512),
    "mean": GlobalAveragePool(),
    "dropout": make.dropout(0.5),
    "classifier": make.dense(512, 1),
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
