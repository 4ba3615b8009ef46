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
func xceptionTree(_ make: inout LayerBuilder) -> Sequential {
  Sequential([
    "stem1": Xception.stem1(3, isFirst: true, &make), "stem2": Xception.stem2(&make),
    "blocks": Xception.blocks(1...12, &make),
    "exit1": Xception.exit1(&make), "exit2": Xception.exit2(&make),
    "mean": GlobalAveragePool(),
    "classifier": make.dense(2048, 1),
  ])
}

/// The parts of Xception, of which other networks are made too.
///
/// All convolutions but the first two are depthwise separable.
enum Xception {
  /// The first convolution, with a stride of 2 unless given, to 32 channels.
  static func stem1(
    _ inputs: Int, stride: Int = 2, padding: Int = 0, isFirst: Bool = false,
    _ make: inout LayerBuilder
  ) -> Sequential {
    make.normalized(
      inputs, 32, 3, stride: stride, padding: .even(padding), activation: .relu, isFirst: isFirst)
  }

  /// The second, to 64.
  static func stem2(_ make: inout LayerBuilder) -> Sequential {
    make.normalized(32, 64, 3, padding: 0, activation: .relu)
  }

  /// Some of the blocks, which are counted from 1 to 12.
  ///
  /// From the third on there are 728 channels, after the last 1024; the first three and the last halve
  /// the size.
  static func blocks(_ numbers: some Sequence<Int>, _ make: inout LayerBuilder) -> Sequential {
    Sequential(
      numbers.map { number -> any Layer in
        switch number {
        case 1: block([64, 128, 128], stride: 2, startsWithReLU: false, &make)
        case 2: block([128, 256, 256], stride: 2, &make)
        case 3: block([256, 728, 728], stride: 2, &make)
        case 12: block([728, 728, 1024], stride: 2, &make)
        default: block([728, 728, 728, 728], stride: 1, &make)
        }
      })
  }

  /// The separable convolution after the blocks, to 1536 channels.
  static func exit1(_ make: inout LayerBuilder) -> Sequential {
    separable(1024, 1536, activation: .relu, &make)
  }

  /// The last, to 2048.
  static func exit2(
    activation: Activation = .relu, _ make: inout LayerBuilder
  ) -> Sequential {
    separable(1536, 2048, activation: activation, &make)
  }

  /// Rows, and columns, of the maps after the second convolution of `side` pixels, and after each of
  /// the blocks 3 and 12.
  static func sizes(at side: Int) -> (stem: Int, middle: Int, end: Int) {
    let stem = (side - 3) / 2 + 1 - 2
    let middle = (0..<3).reduce(stem) { size, _ in (size + 1) / 2 }
    return (stem, middle, (middle + 1) / 2)
  }

  /// Separable convolutions with a shortcut; with a stride of 2, max-pooling follows.
  private static func block(
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

  private static func separable(
    _ inputs: Int, _ outputs: Int, activation: Activation, _ make: inout LayerBuilder
  ) -> Sequential {
    Sequential([
      "depthwise": make.plain(inputs, inputs, 3, groups: inputs),
      "pointwise": make.plain(inputs, outputs, 1),
      "norm": BatchNorm(channels: outputs, activation: activation),
    ])
  }
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
  return PublishedNames("timm", layers: layers, others: ["fc", "last_linear"])
}()
