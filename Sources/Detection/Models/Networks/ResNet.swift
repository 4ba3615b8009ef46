import Engine

extension NetworkArchitecture {
  /// ResNet-18 (He and others, 2016), as torchvision has it but for one logit; 128×128.
  public static let resnet18 = NetworkArchitecture(
    .resnet18, summary: "ResNet-18 (He and others, 2016).",
    input: .imageNet, sides: 32...256, weightDecay: 1e-2, learningRate: 1e-3,
    published: [ResNet.eighteen.published()]
  ) { ResNet.eighteen.tree(&$1) }

  /// ResNet-50 (He and others, 2016), as torchvision has it but for one logit; 128×128.
  public static let resnet50 = NetworkArchitecture(
    .resnet50, summary: "ResNet-50 (He and others, 2016).",
    input: .imageNet, sides: 32...256, weightDecay: 1e-2, learningRate: 1e-3,
    published: [ResNet.fifty.published()]
  ) { ResNet.fifty.tree(&$1) }
}

extension DetectorKind {
  public static let resnet18 = DetectorKind("resnet18")
  public static let resnet50 = DetectorKind("resnet50")
}

/// A residual network: four stages of blocks, each at half the size of the one before.
struct ResNet {
  /// The channels of the last map of a network of bottlenecks.
  static let bottleneckOutputs = 2048

  /// Parameters with ImageNet's 1000 classes: 11,689,512; with one logit 11,177,025.
  static let eighteen = ResNet(counts: [2, 2, 2, 2], isBottlenecked: false)
  /// Parameters with ImageNet's 1000 classes: 25,557,032; with one logit 23,510,081.
  static let fifty = ResNet(counts: [3, 4, 6, 3], isBottlenecked: true)
  /// ResNeXt-50 32×4d (Xie and others, 2017); parameters with ImageNet's 1000 classes: 25,028,904,
  /// without a classifier 22,979,904.
  static let nextFifty = ResNet(
    counts: [3, 4, 6, 3], isBottlenecked: true, groups: 32, widening: 2)

  /// The blocks of each stage.
  private let counts: [Int]
  /// Whether a block is a 3×3 convolution between two of 1×1, the last four times as wide; else it
  /// is two 3×3 convolutions.
  private let isBottlenecked: Bool
  /// The groups of a bottleneck's 3×3 convolution.
  private var groups = 1
  /// A factor on that convolution's channels.
  private var widening = 1

  /// Its layers.
  func tree(_ make: inout LayerBuilder) -> Sequential {
    let trunk = trunk(&make)
    return Sequential(
      children: trunk.children + [
        ("mean", GlobalAveragePool()),
        ("classifier", make.dense(isBottlenecked ? ResNet.bottleneckOutputs : 512, 1)),
      ])
  }

  /// The layers up to the last map, a 32nd as large as the input.
  func trunk(_ make: inout LayerBuilder) -> Sequential {
    var layers: [(name: String, layer: any Layer)] = [
      ("stem", make.normalized(3, 64, 7, stride: 2, activation: .relu, isFirst: true)),
      ("pool", MaxPool(3, stride: 2, padding: 1)),
    ]
    var inputs = 64
    for (stage, count) in counts.enumerated() {
      let width = 64 << stage
      let blocks = (0..<count).map { index in
        let stride = index == 0 && stage > 0 ? 2 : 1
        defer { inputs = isBottlenecked ? 4 * width : width }
        return block(inputs, width, stride: stride, &make)
      }
      layers.append(("stage\(stage + 1)", Sequential(blocks)))
    }
    return Sequential(children: layers)
  }

  /// Convolutions with a shortcut, which is a 1×1 convolution if the shape changes.
  private func block(
    _ inputs: Int, _ width: Int, stride: Int, _ make: inout LayerBuilder
  ) -> Sequential {
    let outputs = isBottlenecked ? 4 * width : width
    let inner = widening * width
    let body =
      isBottlenecked
      ? Sequential([
        make.normalized(inputs, inner, 1, activation: .relu),
        make.normalized(inner, inner, 3, stride: stride, groups: groups, activation: .relu),
        make.normalized(inner, outputs, 1),
      ])
      : Sequential([
        make.normalized(inputs, width, 3, stride: stride, activation: .relu),
        make.normalized(width, outputs, 3),
      ])
    let residual =
      stride == 1 && inputs == outputs
      ? Residual(body)
      : Residual(body, shortcut: make.normalized(inputs, outputs, 1, stride: stride, padding: 0))
    return Sequential(["residual": residual, "relu": Activate(.relu)])
  }

  /// The names of torchvision and timm for its layers.
  ///
  /// - Parameter trunk: what the paths of the layers begin with.
  func published(under trunk: String = "") -> PublishedNames {
    var layers = ["\(trunk)stem.conv": "conv1", "\(trunk)stem.norm": "bn1"]
    for (stage, count) in counts.enumerated() {
      for index in 0..<count {
        let (mine, theirs) = (
          "\(trunk)stage\(stage + 1).\(index).residual", "layer\(stage + 1).\(index)"
        )
        for part in 0..<(isBottlenecked ? 3 : 2) {
          layers["\(mine).body.\(part).conv"] = "\(theirs).conv\(part + 1)"
          layers["\(mine).body.\(part).norm"] = "\(theirs).bn\(part + 1)"
        }
        guard index == 0, isBottlenecked || stage > 0 else { continue }
        layers["\(mine).shortcut.conv"] = "\(theirs).downsample.0"
        layers["\(mine).shortcut.norm"] = "\(theirs).downsample.1"
      }
    }
    return PublishedNames("torchvision and timm", layers: layers, others: ["fc"])
  }
}
