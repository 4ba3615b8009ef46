import Engine

extension NetworkArchitecture {
  /// DenseNet-121 on each frame and a GRU over time in both directions (Sabir and others, 2019); five
  /// frames of 128×128.
  public static let densenet121GRU = NetworkArchitecture(
    .densenet121GRU,
    summary: """
      DenseNet-121 on each of 5 aligned frames and a GRU over time in both directions (Sabir and others, \
      "Recurrent Convolutional Strategies for Face Manipulation Detection in Videos", 2019).
      """,
    input: .imageNet, frames: 5, sides: 32...256, weightDecay: 1e-2, learningRate: 3e-4,
    published: [DenseNet.published(under: "trunk.")]
  ) { densenetGRUTree(&$1) }
}

extension DetectorKind {
  public static let densenet121GRU = DetectorKind("densenet121-gru")
}

/// DenseNet-121 and a GRU: 6,953,856 and 4,724,736 parameters.
///
/// The paper states five frames, aligned by landmarks, and both directions, but no number of units;
/// 512 in each direction keep the width of the features. Its states are averaged over time.
private func densenetGRUTree(_ make: inout LayerBuilder) -> Sequential {
  Sequential([
    "trunk": EachFrame(DenseNet.trunk(&make)),
    "mean": EachFrame(GlobalAveragePool()),
    "gru": make.recurrent(
      .gru, DenseNet.outputs, hidden: DenseNet.outputs / 2, isBidirectional: true),
    "states": TemporalPool(.mean),
    "classifier": make.dense(DenseNet.outputs, 1),
  ])
}

/// DenseNet-121 (Huang and others, 2017), as torchvision has it: 7,978,856 parameters with ImageNet's
/// 1000 classes.
private enum DenseNet {
  /// The layers of each block.
  private static let counts = [6, 12, 24, 16]
  /// The channels that a layer adds.
  private static let growth = 32
  /// The channels of the last map.
  static let outputs = 1024

  /// The layers up to the last map, a 32nd as large as the input.
  static func trunk(_ make: inout LayerBuilder) -> Sequential {
    var layers: [(name: String, layer: any Layer)] = [
      ("stem", make.normalized(3, 64, 7, stride: 2, activation: .relu, isFirst: true)),
      ("pool", MaxPool(3, stride: 2, padding: 1)),
    ]
    var channels = 64
    for (block, count) in counts.enumerated() {
      if block > 0 {
        layers.append(("transition\(block)", transition(channels, &make)))
        channels /= 2
      }
      let steps = (0..<count).map { layer(channels + $0 * growth, &make) }
      layers.append(("block\(block + 1)", Sequential(steps)))
      channels += count * growth
    }
    layers.append(("norm", BatchNorm(channels: channels, activation: .relu)))
    return Sequential(children: layers)
  }

  /// Passes its input on, with `growth` channels more.
  private static func layer(_ inputs: Int, _ make: inout LayerBuilder) -> Concatenated {
    let width = 4 * growth
    return Concatenated([
      "old": Activate(.identity),
      "new": Sequential([
        "norm1": BatchNorm(channels: inputs, activation: .relu),
        "conv1": make.plain(inputs, width, 1),
        "norm2": BatchNorm(channels: width, activation: .relu),
        "conv2": make.plain(width, growth, 3),
      ]),
    ])
  }

  /// Halves the channels, rows and columns.
  private static func transition(_ inputs: Int, _ make: inout LayerBuilder) -> Sequential {
    Sequential([
      "norm": BatchNorm(channels: inputs, activation: .relu),
      "conv": make.plain(inputs, inputs / 2, 1),
      "pool": AveragePool(2),
    ])
  }

  /// The names of torchvision for its layers.
  ///
  /// - Parameter trunk: what the paths of the layers begin with.
  static func published(under trunk: String) -> PublishedNames {
    var layers = [
      "\(trunk)stem.conv": "features.conv0", "\(trunk)stem.norm": "features.norm0",
      "\(trunk)norm": "features.norm5",
    ]
    for (block, count) in counts.enumerated() {
      for index in 0..<count {
        for part in ["norm1", "conv1", "norm2", "conv2"] {
          layers["\(trunk)block\(block + 1).\(index).new.\(part)"] =
            "features.denseblock\(block + 1).denselayer\(index + 1).\(part)"
        }
      }
      guard block > 0 else { continue }
      for part in ["norm", "conv"] {
        layers["\(trunk)transition\(block).\(part)"] = "features.transition\(block).\(part)"
      }
    }
    return PublishedNames("torchvision", layers: layers, others: ["classifier"])
  }
}
