import Engine

extension NetworkArchitecture {
  /// EfficientNet-B0 (Tan & Le, 2019), as torchvision has it but for one logit; 128×128.
  public static let efficientnetB0 = NetworkArchitecture(
    .efficientnetB0, summary: "EfficientNet-B0 (Tan & Le, 2019).",
    input: .imageNet, sides: 32...256, weightDecay: 1e-2, learningRate: 2e-3
  ) { efficientNetB0Tree(&$1) }
}

extension DetectorKind {
  public static let efficientnetB0 = DetectorKind("efficientnet-b0")
}

/// A stage of equal blocks of EfficientNet.
private struct Stage {
  /// The expansion ratio.
  let ratio: Int
  let outputs, count, stride, kernel: Int
}

/// EfficientNet-B0: 5,288,548 parameters with ImageNet's 1000 classes, 4,008,829 with one logit.
func efficientNetB0Tree(_ make: inout LayerBuilder) -> Sequential {
  let stages = [
    Stage(ratio: 1, outputs: 16, count: 1, stride: 1, kernel: 3),
    Stage(ratio: 6, outputs: 24, count: 2, stride: 2, kernel: 3),
    Stage(ratio: 6, outputs: 40, count: 2, stride: 2, kernel: 5),
    Stage(ratio: 6, outputs: 80, count: 3, stride: 2, kernel: 3),
    Stage(ratio: 6, outputs: 112, count: 3, stride: 1, kernel: 5),
    Stage(ratio: 6, outputs: 192, count: 4, stride: 2, kernel: 5),
    Stage(ratio: 6, outputs: 320, count: 1, stride: 1, kernel: 3),
  ]
  let stem = make.normalized(3, 32, 3, stride: 2, activation: .silu, isFirst: true)
  var (blocks, inputs): ([any Layer], Int) = ([], 32)
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
    "head": make.normalized(320, 1280, 1, activation: .silu),
    "mean": GlobalAveragePool(),
    "dropout": make.dropout(0.2),
    "classifier": make.dense(1280, 1),
  ])
}

/// A mobile inverted bottleneck: expansion, depthwise convolution, gate, projection.
private func block(
  _ inputs: Int, _ stage: Stage, stride: Int, dropped: Float, _ make: inout LayerBuilder
) -> any Layer {
  let width = inputs * stage.ratio
  var body: [(name: String, layer: any Layer)] = []
  if stage.ratio > 1 {
    body.append(("expand", make.normalized(inputs, width, 1, activation: .silu)))
  }
  body.append(
    (
      "depthwise",
      make.normalized(
        width, width, stage.kernel, stride: stride, groups: width, activation: .silu)
    ))
  body.append(("excite", make.excitation(width, squeezed: max(1, inputs / 4))))
  body.append(("project", make.normalized(width, stage.outputs, 1)))
  guard stride == 1 && inputs == stage.outputs else { return Sequential(children: body) }
  return Residual(Sequential(children: body + [("depth", make.depth(dropped))]))
}
