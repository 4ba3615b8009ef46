import Engine

extension NetworkArchitecture {
  /// Spatial-phase shallow learning (Liu and others, 2021) with one logit: published at 299×299, here
  /// 128×128 by default.
  public static let spsl = NetworkArchitecture(
    .spsl,
    summary:
      "Colors and the picture's phase spectrum through a shallow Xception (Liu and others, \"SPSL\", 2021).",
    group: .frequency, input: .halves(side: 128, share: 0.625), sides: 32...256, weightDecay: 1e-2,
    learningRate: 1e-3
  ) { spslTree(&$1) }
}

extension DetectorKind {
  public static let spsl = DetectorKind("spsl")
}

/// Xception without its eight middle blocks, on four channels: the colors, and the mean of them
/// rebuilt from its phases alone.
///
/// Up-sampling leaves traces in phases, which a short network, whose pixels see little of each other,
/// finds where a deep one learns faces.
///
/// DeepfakeBench's program, with `mode: shallow_xception` and one class, uses as many parameters:
/// 7,897,481.
func spslTree(_ make: inout LayerBuilder) -> Sequential {
  let gray = Conv2D(kernel: Tensor(shape: [1, 3, 1, 1], values: [1.0 / 3, 1.0 / 3, 1.0 / 3]))
  let phase = Sequential(["gray": gray, "phase": Sequential.phaseOnly])
  return Sequential([
    "input": make.fixed(Concatenated(["color": Activate(.identity), "phase": phase])),
    "stem1": Xception.stem1(4, isFirst: true, &make), "stem2": Xception.stem2(&make),
    "blocks": Xception.blocks([1, 2, 3, 12], &make),
    "exit1": Xception.exit1(&make), "exit2": Xception.exit2(&make),
    "mean": GlobalAveragePool(),
    "classifier": make.dense(2048, 1),
  ])
}
