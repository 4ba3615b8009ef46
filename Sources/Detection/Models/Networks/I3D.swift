import Engine

extension NetworkArchitecture {
  /// Inception-v1 inflated to three dimensions (Carreira & Zisserman, 2017); 16 frames of 128×128.
  public static let i3d = NetworkArchitecture(
    .i3d,
    summary: """
      Inception-v1 inflated to convolutions over time, on 16 frames (Carreira & Zisserman, "Quo Vadis, \
      Action Recognition?", 2017), as DF40 uses it.
      """,
    input: .halves(side: 128, share: 0.625), frames: 16, sides: 32...256, weightDecay: 1e-2,
    learningRate: 1e-3, published: [i3dNames]
  ) { i3dTree(&$1) }
}

extension DetectorKind {
  public static let i3d = DetectorKind("i3d")
}

/// The widths of an Inception block: of its branch of 1×1×1, of the reductions and outputs of its two
/// of 3×3×3, and of the projection after its pooling.
private typealias InceptionWidths = (
  point: Int, reduced1: Int, outputs1: Int, reduced2: Int, outputs2: Int, pooled: Int
)

/// The blocks of each stage, which poolings separate.
private let stages: [[InceptionWidths]] = [
  [(64, 96, 128, 16, 32, 32), (128, 128, 192, 32, 96, 64)],
  [
    (192, 96, 208, 16, 48, 64), (160, 112, 224, 24, 64, 64), (128, 128, 256, 24, 64, 64),
    (112, 144, 288, 32, 64, 64), (256, 160, 320, 32, 128, 128),
  ],
  [(256, 160, 320, 32, 128, 128), (384, 192, 384, 48, 128, 128)],
]

/// I3D: 12,697,264 parameters with the 400 classes of Kinetics, 12,288,289 with one logit.
///
/// The paper averages the logits of the last map's steps; with one dense layer that is the logit of
/// the mean.
private func i3dTree(_ make: inout LayerBuilder) -> Sequential {
  let flat = VolumeSize(frames: 1, side: 3)
  func pool(_ kernel: VolumeSize, _ stride: VolumeSize) -> MaxPool3D {
    MaxPool3D(kernel, stride: stride, padding: .same)
  }
  var layers: [(name: String, layer: any Layer)] = [
    ("stem1", make.normalizedVolume(3, 64, 7, stride: 2, isFirst: true)),
    ("pool1", pool(flat, VolumeSize(frames: 1, side: 2))),
    ("stem2", make.normalizedVolume(64, 64, 1)),
    ("stem3", make.normalizedVolume(64, 192, 3)),
    ("pool2", pool(flat, VolumeSize(frames: 1, side: 2))),
  ]
  var inputs = 192
  for (stage, blocks) in stages.enumerated() {
    if stage > 0 { layers.append(("pool\(stage + 2)", pool(stage == 1 ? 3 : 2, 2))) }
    let own = blocks.map { widths in
      defer { inputs = widths.point + widths.outputs1 + widths.outputs2 + widths.pooled }
      return inception(inputs, widths, &make)
    }
    layers.append(("stage\(stage + 1)", Sequential(own)))
  }
  return Sequential(
    children: layers + [
      ("mean", GlobalAveragePool()), ("dropout", make.dropout(0.5)),
      ("classifier", make.dense(inputs, 1)),
    ])
}

private func inception(
  _ inputs: Int, _ widths: InceptionWidths, _ make: inout LayerBuilder
) -> Concatenated {
  Concatenated([
    "b0": make.normalizedVolume(inputs, widths.point, 1),
    "b1": Sequential([
      "a": make.normalizedVolume(inputs, widths.reduced1, 1),
      "b": make.normalizedVolume(widths.reduced1, widths.outputs1, 3),
    ]),
    "b2": Sequential([
      "a": make.normalizedVolume(inputs, widths.reduced2, 1),
      "b": make.normalizedVolume(widths.reduced2, widths.outputs2, 3),
    ]),
    "b3": Sequential([
      "a": MaxPool3D(3, stride: 1, padding: .same),
      "b": make.normalizedVolume(inputs, widths.pooled, 1),
    ]),
  ])
}

/// The names of pytorch-i3d, whose weights have learned Kinetics.
private let i3dNames: PublishedNames = {
  var layers: [String: String] = [:]
  func name(_ mine: String, _ theirs: String) {
    layers["\(mine).conv"] = "\(theirs).conv3d"
    layers["\(mine).norm"] = "\(theirs).bn"
  }
  name("stem1", "Conv3d_1a_7x7")
  name("stem2", "Conv3d_2b_1x1")
  name("stem3", "Conv3d_2c_3x3")
  for (stage, blocks) in stages.enumerated() {
    for (index, letter) in zip(blocks.indices, "bcdef") {
      let (mine, theirs) = ("stage\(stage + 1).\(index)", "Mixed_\(stage + 3)\(letter)")
      name("\(mine).b0", "\(theirs).b0")
      for branch in ["b1", "b2"] {
        for part in ["a", "b"] { name("\(mine).\(branch).\(part)", "\(theirs).\(branch)\(part)") }
      }
      name("\(mine).b3.b", "\(theirs).b3b")
    }
  }
  return PublishedNames("pytorch-i3d", layers: layers, others: ["logits"])
}()
