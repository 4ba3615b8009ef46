import Engine

extension NetworkArchitecture {
  /// Capsule-Forensics (Nguyen and others, 2019) with one logit: published at 300×300, here 128×128
  /// by default.
  public static let capsule = NetworkArchitecture(
    .capsule,
    summary:
      "Ten capsules on the first layers of VGG-19, which agree on real or fake (Nguyen and others, \"Capsule-Forensics\", 2019).",
    input: .imageNet, sides: 32...256, weightDecay: 1e-4, learningRate: 5e-4,
    published: [vggNames], evidence: { CapsuleEvidence($0, $1, $2[0]) }
  ) { capsuleTree(&$1) }
}

extension DetectorKind {
  public static let capsule = DetectorKind("capsule")
}

/// Capsule-Forensics: 3,896,638 parameters, as published, of which 2,325,568 are VGG-19's.
///
/// From model_big.py of nii-yamagishilab/Capsule-Forensics-v2, without its noise and dropout while
/// routing. Its loss is the sum of the cross-entropies of each of the four numbers of both output
/// capsules; the logit is the sum of the four differences, fake minus real, so between −4 and 4.
func capsuleTree(_ make: inout LayerBuilder) -> Sequential {
  let features = Sequential([
    "stage1": vggStage(3, 64, count: 2, &make), "stage2": vggStage(64, 128, count: 2, &make),
    "stage3": vggStage(128, 256, count: 4, &make),
  ])
  let capsules = (0..<10).map { _ in primaryCapsule(&make) }
  let signs = Tensor(shape: [1, 8, 1, 1], values: [-1, 1, -1, 1, -1, 1, -1, 1])
  return Sequential([
    "features": features,
    "classifier": Sequential([
      "capsules": Concatenated(capsules), "squash": Squash(),
      "routing": make.routing(10, data: 8, to: 2, outputData: 4, iterations: 2),
      "outputs": Reshape([1, 1, 8]), "difference": Conv2D(kernel: signs), "logit": Flatten(),
    ]),
  ])
}

/// Convolutions of 3×3 and max-pooling.
private func vggStage(
  _ inputs: Int, _ outputs: Int, count: Int, _ make: inout LayerBuilder
) -> Sequential {
  let convolutions = (0..<count).map { index -> any Layer in
    make.convolution(
      index == 0 ? inputs : outputs, outputs, 3, activation: .relu,
      isFirst: index == 0 && inputs == 3)
  }
  return Sequential(convolutions + [MaxPool(2)])
}

/// Eight numbers, `[N, 8, 1]`, from the means and deviations of 16 maps.
private func primaryCapsule(_ make: inout LayerBuilder) -> Sequential {
  Sequential([
    "conv1": make.convolution(256, 64, 3), "norm1": BatchNorm(channels: 64, activation: .relu),
    "conv2": make.convolution(64, 16, 3), "norm2": BatchNorm(channels: 16, activation: .relu),
    "statistics": StatisticsPool(), "sequence": Reshape([16, 1, 1, 2]),
    "conv3": make.steps(2, 8, 5, stride: 2), "norm3": BatchNorm(channels: 8),
    "conv4": make.steps(8, 1, 3), "norm4": BatchNorm(channels: 1),
    "data": Reshape([8, 1]),
  ])
}

/// The names of torchvision's VGG-19, whose later layers are left out, as timm's.
private let vggNames: PublishedNames = {
  var layers: [String: String] = [:]
  for (stage, numbers) in [[0, 2], [5, 7], [10, 12, 14, 16]].enumerated() {
    for (index, number) in numbers.enumerated() {
      layers["features.stage\(stage + 1).\(index)"] = "features.\(number)"
    }
  }
  let later = [19, 21, 23, 25, 28, 30, 32, 34].map { "features.\($0)" }
  return PublishedNames(
    "torchvision", layers: layers, others: later + ["classifier", "pre_logits", "head"])
}()
