import Engine

extension NetworkArchitecture {
  /// ResNeXt-50 32×4d on each frame and an LSTM over time, whose states are averaged (Jadhav and
  /// others, 2020); 16 frames of 128×128.
  public static let resnext50LSTM = NetworkArchitecture(
    .resnext50LSTM,
    summary: """
      ResNeXt-50 32×4d on each of 16 frames and an LSTM over time, by the mean of its states (Jadhav and \
      others, "Deepfake Video Detection using Neural Networks", 2020).
      """,
    input: .imageNet, frames: 16, sides: 32...256, weightDecay: 1e-2, learningRate: 3e-4,
    published: [ResNet.nextFifty.published(under: "trunk.")]
  ) { resnextLSTMTree(.mean, &$1) }

  /// The same, by the LSTM's last state.
  public static let resnext50LSTMLast = NetworkArchitecture(
    .resnext50LSTMLast,
    summary: "The network of resnext50-lstm, by the last state of the LSTM.",
    input: .imageNet, frames: 16, sides: 32...256, weightDecay: 1e-2, learningRate: 3e-4,
    published: [ResNet.nextFifty.published(under: "trunk.")]
  ) { resnextLSTMTree(.last, &$1) }
}

extension DetectorKind {
  public static let resnext50LSTM = DetectorKind("resnext50-lstm")
  public static let resnext50LSTMLast = DetectorKind("resnext50-lstm-last")
}

/// ResNeXt-50 and an LSTM of 2048 units without bias: 22,979,904 and 33,554,432 parameters.
///
/// The published program fed the LSTM the pictures of a batch as if they were a sequence; here it
/// runs over the frames of each clip.
///
/// - Parameter states: what of the LSTM's states is classified.
private func resnextLSTMTree(
  _ states: TemporalPool.Kind, _ make: inout LayerBuilder
) -> Sequential {
  let width = ResNet.bottleneckOutputs
  return Sequential([
    "trunk": EachFrame(ResNet.nextFifty.trunk(&make)),
    "mean": EachFrame(GlobalAveragePool()),
    "lstm": make.recurrent(.lstm, width, hidden: width, bias: false),
    "states": TemporalPool(states),
    "dropout": make.dropout(0.4),
    "classifier": make.dense(width, 1),
  ])
}
