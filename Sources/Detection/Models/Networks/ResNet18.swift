import Engine

extension NetworkArchitecture {
  /// ResNet-18 (He and others, 2016), as torchvision has it but for one logit; 128×128.
  public static let resnet18 = NetworkArchitecture(
    .resnet18, summary: "ResNet-18 (He and others, 2016).",
    input: .imageNet, sides: 32...256, weightDecay: 1e-2, learningRate: 1e-3
  ) { resNet18Tree(&$1) }
}

extension DetectorKind {
  public static let resnet18 = DetectorKind("resnet18")
}

/// ResNet-18: 11,689,512 parameters with ImageNet's 1000 classes, 11,177,025 with one logit.
func resNet18Tree(_ make: inout LayerBuilder) -> Sequential {
  func stage(_ inputs: Int, _ outputs: Int, stride: Int) -> Sequential {
    Sequential([
      block(inputs, outputs, stride: stride, &make), block(outputs, outputs, stride: 1, &make),
    ])
  }
  return Sequential([
    "stem": make.normalized(3, 64, 7, stride: 2, activation: .relu, isFirst: true),
    "pool": MaxPool(3, stride: 2, padding: 1),
    "stage1": stage(64, 64, stride: 1), "stage2": stage(64, 128, stride: 2),
    "stage3": stage(128, 256, stride: 2), "stage4": stage(256, 512, stride: 2),
    "mean": GlobalAveragePool(),
    "classifier": make.dense(512, 1),
  ])
}

/// Two 3×3 convolutions with a shortcut, which is a 1×1 convolution if the shape changes.
private func block(
  _ inputs: Int, _ outputs: Int, stride: Int, _ make: inout LayerBuilder
) -> Sequential {
  let body = Sequential([
    make.normalized(inputs, outputs, 3, stride: stride, activation: .relu),
    make.normalized(outputs, outputs, 3),
  ])
  let residual =
    stride == 1
    ? Residual(body)
    : Residual(body, shortcut: make.normalized(inputs, outputs, 1, stride: stride, padding: 0))
  return Sequential(["residual": residual, "relu": Activate(.relu)])
}
