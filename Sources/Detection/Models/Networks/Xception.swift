import Engine

extension NetworkArchitecture {
  /// Xception (Chollet, 2017), as FaceForensics++ uses it but for one logit: published at 299×299,
  /// here 128×128 by default, since a CPU is to train it.
  public static let xception = NetworkArchitecture(
    .xception, summary: "Xception (Chollet, 2017), as FaceForensics++ uses it.",
    input: .halves(side: 128, share: 0.625), sides: 32...256, weightDecay: 1e-2, learningRate: 1e-3,
    published: [xceptionNames]
  ) { xceptionTree(&$1) }
}

extension DetectorKind {
  public static let xception = DetectorKind("xception")
}

/// Xception: 22,855,952 parameters with ImageNet's 1000 classes, 20,809,001 with one logit.
///
/// All convolutions but the first two are depthwise separable.
func xceptionTree(_ make: inout LayerBuilder) -> Sequential {
  let stem1 = make.normalized(
    3, 32, 3, stride: 2, padding: 0, activation: .relu, isFirst: true)
  let stem2 = make.normalized(32, 64, 3, padding: 0, activation: .relu)
  var blocks = [
    block([64, 128, 128], stride: 2, startsWithReLU: false, &make),
    block([128, 256, 256], stride: 2, &make), block([256, 728, 728], stride: 2, &make),
  ]
  for _ in 0..<8 { blocks.append(block([728, 728, 728, 728], stride: 1, &make)) }
  blocks.append(block([728, 728, 1024], stride: 2, &make))
  return Sequential([
    "stem1": stem1, "stem2": stem2,
    "blocks": Sequential(blocks),
    "exit1": separable(1024, 1536, activation: .relu, &make),
    "exit2": separable(1536, 2048, activation: .relu, &make),
    "mean": GlobalAveragePool(),
    "classifier": make.dense(2048, 1),
  ])
}

/// Separable convolutions with a shortcut; with a stride of 2, max-pooling follows.
private func block(
  _ widths: [Int], stride: Int, startsWithReLU: Bool = true, _ make: inout LayerBuilder
) -> Residual {
  var body: [any Layer] = startsWithReLU ? [Activate(.relu)] : []
  for index in 1..<widths.count {
    let isLast = index == widths.count - 1
    body.append(
      separable(widths[index - 1], widths[index], activation: isLast ? .identity : .relu, &make))
  }
  if stride > 1 { body.append(MaxPool(3, stride: stride, padding: 1)) }
  guard stride > 1 else { return Residual(body) }
  return Residual(
    Sequential(body),
    shortcut: make.normalized(widths[0], widths[widths.count - 1], 1, stride: stride, padding: 0))
}

private func separable(
  _ inputs: Int, _ outputs: Int, activation: Activation, _ make: inout LayerBuilder
) -> Sequential {
  Sequential([
    "depthwise": make.plain(inputs, inputs, 3, groups: inputs),
    "pointwise": make.plain(inputs, outputs, 1),
    "norm": BatchNorm(channels: outputs, activation: activation),
  ])
}

/// The names of timm, and of FaceForensics++, for the layers of Xception.
private let xceptionNames: PublishedNames = {
  var layers = [
    "stem1.conv": "conv1", "stem1.norm": "bn1", "stem2.conv": "conv2", "stem2.norm": "bn2",
  ]
  func name(_ mine: String, _ separable: String, _ norm: String) {
    layers["\(mine).depthwise"] = "\(separable).conv1"
    layers["\(mine).pointwise"] = "\(separable).pointwise"
    layers["\(mine).norm"] = norm
  }
  for block in 0..<12 {
    // Their normalizations and activations are steps of their own.
    let (first, count) = (block == 0 ? 0 : 1, block < 3 || block == 11 ? 2 : 3)
    for part in 0..<count {
      let place = "block\(block + 1).rep"
      name(
        "blocks.\(block).body.\(first + part)", "\(place).\(first + 3 * part)",
        "\(place).\(first + 3 * part + 1)")
    }
    if count == 2 {
      layers["blocks.\(block).shortcut.conv"] = "block\(block + 1).skip"
      layers["blocks.\(block).shortcut.norm"] = "block\(block + 1).skipbn"
    }
  }
  name("exit1", "conv3", "bn3")
  name("exit2", "conv4", "bn4")
  return PublishedNames("timm", layers: layers, classifiers: ["fc", "last_linear"])
}()
