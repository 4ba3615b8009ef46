import Engine

extension NetworkArchitecture {
  /// EfficientNet-Lite0 as TensorFlow and timm (`tf_efficientnet_lite0`) have it but for one logit:
  /// published at 224×224, shown here without resizing.
  public static let efficientnetLite0 = NetworkArchitecture(
    .efficientnetLite0, summary: "EfficientNet-Lite0 (TensorFlow, 2020).",
    input: DetectorInput(
      side: 224, share: 0.875, mean: Array(repeating: 127 / 255, count: 3),
      deviation: Array(repeating: 128 / 255, count: 3)), sides: 32...256, weightDecay: 1e-2,
    learningRate: 1e-3, published: EfficientNet.lite0.published
  ) { EfficientNet.lite0.tree(&$1) }

  /// EfficientNet-B0 (Tan & Le, 2019), as torchvision has it but for one logit; 128×128.
  public static let efficientnetB0 = NetworkArchitecture(
    .efficientnetB0, summary: "EfficientNet-B0 (Tan & Le, 2019).",
    input: .imageNet, sides: 32...256, weightDecay: 1e-2, learningRate: 2e-3,
    published: EfficientNet.b0.published
  ) { EfficientNet.b0.tree(&$1) }

  /// EfficientNet-B4 (Tan & Le, 2019), as torchvision has it but for one logit: published at
  /// 380×380, here 128×128 by default, since a CPU is to train it.
  public static let efficientnetB4 = NetworkArchitecture(
    .efficientnetB4, summary: "EfficientNet-B4 (Tan & Le, 2019).",
    input: .imageNet, sides: 32...256, weightDecay: 1e-2, learningRate: 1e-3,
    published: EfficientNet.b4.published
  ) { EfficientNet.b4.tree(&$1) }
}

extension DetectorKind {
  public static let efficientnetLite0 = DetectorKind("efficientnet-lite0")
  public static let efficientnetB0 = DetectorKind("efficientnet-b0")
  public static let efficientnetB4 = DetectorKind("efficientnet-b4")
}

/// A network of the family: the same stages of mobile inverted bottlenecks, wider and deeper.
struct EfficientNet {
  /// A stage of equal blocks.
  private struct Stage {
    /// The expansion ratio.
    let ratio: Int
    let outputs, count, stride, kernel: Int
  }

  /// Parameters with ImageNet's 1000 classes: 4,652,008; with one logit 3,372,289.
  static let lite0 = EfficientNet(isLite: true)
  /// Parameters with ImageNet's 1000 classes: 5,288,548; with one logit 4,008,829.
  static let b0 = EfficientNet()
  /// Parameters with ImageNet's 1000 classes: 19,341,616; with one logit 17,550,409.
  static let b4 = EfficientNet(width: 1.4, depth: 1.8, dropout: 0.4)

  private let stem, head: Int
  private let stages: [Stage]
  private let dropout: Float
  /// The Lite networks have ReLU6 for SiLU, no squeeze and excitation, and TensorFlow's padding and
  /// constants.
  private let isLite: Bool

  private init(
    width: Double = 1, depth: Double = 1, dropout: Float = 0.2, isLite: Bool = false
  ) {
    /// To a multiple of eight, and not by more than a tenth down.
    func widened(_ channels: Int) -> Int {
      let wanted = Double(channels) * width
      let near = max(8, Int(wanted + 4) / 8 * 8)
      return Double(near) < 0.9 * wanted ? near + 8 : near
    }
    func stage(_ ratio: Int, _ outputs: Int, _ count: Int, _ stride: Int, _ kernel: Int) -> Stage {
      Stage(
        ratio: ratio, outputs: widened(outputs),
        count: Int((Double(count) * depth).rounded(.up)), stride: stride, kernel: kernel)
    }
    (stem, head) = (widened(32), widened(1280))
    stages = [
      stage(1, 16, 1, 1, 3), stage(6, 24, 2, 2, 3), stage(6, 40, 2, 2, 5), stage(6, 80, 3, 2, 3),
      stage(6, 112, 3, 1, 5), stage(6, 192, 4, 2, 5), stage(6, 320, 1, 1, 3),
    ]
    (self.dropout, self.isLite) = (dropout, isLite)
  }

  /// Its layers.
  func tree(_ make: inout LayerBuilder) -> Sequential {
    let stem = normalized(3, stem, 3, stride: 2, isFirst: true, &make)
    var (blocks, inputs): ([any Layer], Int) = ([], self.stem)
    let total = stages.reduce(0) { $0 + $1.count }
    for stage in stages {
      for index in 0..<stage.count {
        // Deeper blocks are dropped more often, up to one in five times.
        let dropped = 0.2 * Float(blocks.count) / Float(total)
        blocks.append(
          block(inputs, stage, stride: index == 0 ? stage.stride : 1, dropped: dropped, &make))
        inputs = stage.outputs
      }
    }
    return Sequential([
      "stem": stem,
      "blocks": Sequential(blocks),
      "head": normalized(inputs, head, 1, &make),
      "mean": GlobalAveragePool(),
      "dropout": make.dropout(dropout),
      "classifier": make.dense(head, 1),
    ])
  }

  /// A mobile inverted bottleneck: expansion, depthwise convolution, gate, projection.
  private func block(
    _ inputs: Int, _ stage: Stage, stride: Int, dropped: Float, _ make: inout LayerBuilder
  ) -> any Layer {
    let width = inputs * stage.ratio
    var body: [(name: String, layer: any Layer)] = []
    if stage.ratio > 1 {
      body.append(("expand", normalized(inputs, width, 1, &make)))
    }
    body.append(
      (
        "depthwise",
        normalized(width, width, stage.kernel, stride: stride, groups: width, &make)
      ))
    if !isLite { body.append(("excite", make.excitation(width, squeezed: max(1, inputs / 4)))) }
    body.append(("project", normalized(width, stage.outputs, 1, isLinear: true, &make)))
    guard stride == 1 && inputs == stage.outputs else { return Sequential(children: body) }
    return Residual(Sequential(children: body + [("depth", make.depth(dropped))]))
  }

  private func normalized(
    _ inputs: Int, _ outputs: Int, _ kernel: Int, stride: Int = 1, groups: Int = 1,
    isLinear: Bool = false, isFirst: Bool = false, _ make: inout LayerBuilder
  ) -> Sequential {
    make.normalized(
      inputs, outputs, kernel, stride: stride, padding: isLite ? .same : nil, groups: groups,
      activation: isLinear ? .identity : isLite ? .relu6 : .silu, epsilon: isLite ? 1e-3 : 1e-5,
      isFirst: isFirst)
  }
}

extension EfficientNet {
  /// The names of others for its layers.
  ///
  /// torchvision has no Lite network, and the package `efficientnet_lite_pytorch` nothing else.
  fileprivate var published: [PublishedNames] {
    let timm = names("timm", stem: ["conv_stem", "bn1"], head: ["conv_head", "bn2"], "classifier") {
      place, isExpanded in
      let parts = ["conv_dw", "bn1", "se.conv_reduce", "se.conv_expand", "conv_pw", "bn2"]
      let expanded = [
        "conv_pw", "bn1", "conv_dw", "bn2", "se.conv_reduce", "se.conv_expand", "conv_pwl", "bn3",
      ]
      return (isExpanded ? expanded : parts).map { "blocks.\(place.stage).\(place.index).\($0)" }
    }
    guard !isLite else {
      return [
        timm,
        names(
          "efficientnet_lite_pytorch", stem: ["_conv_stem", "_bn0"], head: ["_conv_head", "_bn1"],
          "_fc"
        ) { place, isExpanded in
          ((isExpanded ? ["_expand_conv", "_bn0"] : [])
            + ["_depthwise_conv", "_bn1", "_se_reduce", "_se_expand", "_project_conv", "_bn2"]).map
          {
            "_blocks.\(place.block).\($0)"
          }
        },
      ]
    }
    let last = "features.\(stages.count + 1)"
    let torchvision = names(
      "torchvision", stem: ["features.0.0", "features.0.1"], head: ["\(last).0", "\(last).1"],
      "classifier.1"
    ) { place, isExpanded in
      let first = isExpanded ? 1 : 0
      return
        ((isExpanded ? ["0.0", "0.1"] : []) + [
          "\(first).0", "\(first).1", "\(first + 1).fc1", "\(first + 1).fc2", "\(first + 2).0",
          "\(first + 2).1",
        ]).map { "features.\(place.stage + 1).\(place.index).block.\($0)" }
    }
    return [torchvision, timm]
  }

  /// - Parameter parts: the names of a block's layers: expansion and its normalization if there is
  ///   one, depthwise and its own, reduction and expansion of the gate, projection and its own.
  private func names(
    _ publisher: String, stem: [String], head: [String], _ classifier: String,
    parts: (_ place: (stage: Int, index: Int, block: Int), _ isExpanded: Bool) -> [String]
  ) -> PublishedNames {
    var layers: [(String, String)] = Array(zip(["stem.conv", "stem.norm"], stem))
    var (block, inputs) = (0, self.stem)
    for (number, stage) in stages.enumerated() {
      for index in 0..<stage.count {
        let isResidual = (index > 0 || stage.stride == 1) && inputs == stage.outputs
        let own =
          (stage.ratio > 1 ? ["expand.conv", "expand.norm"] : []) + [
            "depthwise.conv", "depthwise.norm", "excite.reduce", "excite.expand", "project.conv",
            "project.norm",
          ]
        let path = isResidual ? "blocks.\(block).body" : "blocks.\(block)"
        let theirs = parts((number, index, block), stage.ratio > 1)
        for (mine, other) in zip(own, theirs) where !(isLite && mine.hasPrefix("excite")) {
          layers.append(("\(path).\(mine)", other))
        }
        (block, inputs) = (block + 1, stage.outputs)
      }
    }
    layers += zip(["head.conv", "head.norm"], head)
    return PublishedNames(
      publisher, layers: Dictionary(uniqueKeysWithValues: layers), others: [classifier])
  }
}
