import Engine

/// One hidden layer of 128 on plain pixels.
func shallowTree(_ side: Int, _ make: inout LayerBuilder) -> Sequential {
  Sequential([
    "flatten": Flatten(),
    "hidden": make.dense(side * side * 3, 128, activation: .relu),
    "classifier": make.dense(128, 1),
  ])
}

/// Three convolutions, each with max-pooling, and the mean of what they find.
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

/// Four steps down, the last two of them with self-attention, and one convolution more.
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
