import Engine

extension NetworkArchitecture {
  /// Convolutions on the optical flow between consecutive frames (after Amerini and others, 2019); 16
  /// frames of 128×128.
  public static let flow = NetworkArchitecture(
    .flow,
    summary: """
      Four 3×3 convolutions on the dense optical flow between 16 consecutive frames (after Amerini and \
      others, "Deepfake Video Detection through Optical Flow based CNN", 2019).
      """,
    input: DetectorInput(side: 128, share: 0.625), frames: 16, sides: 32...256, weightDecay: 1e-2,
    learningRate: 1e-3, evidence: { FlowEvidence($0, $1, $2) }
  ) { flowTree(&$1) }
}

extension DetectorKind {
  public static let flow = DetectorKind("flow")
}

/// Convolutions on each field of displacements, and the mean over places and time.
///
/// The paper shows fields as colored pictures to VGG-16 or ResNet-50 that have learned ImageNet; here
/// a small network sees the displacements themselves.
private func flowTree(_ make: inout LayerBuilder) -> Sequential {
  let widths = [2, 32, 64, 128, 256]
  let steps = zip(widths, widths.dropFirst()).map { inputs, outputs in
    make.normalized(inputs, outputs, 3, stride: 2, activation: .relu, isFirst: inputs == 2)
  }
  return Sequential([
    "flow": OpticalFlow(),
    "fields": EachFrame(Sequential(steps)),
    "mean": GlobalAveragePool(),
    "dropout": make.dropout(0.5),
    "classifier": make.dense(256, 1),
  ])
}
