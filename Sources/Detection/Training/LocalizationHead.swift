import Engine

/// A second task beside classifying whole faces: which places of a face are forged.
///
/// Where a dataset has a real face and its forged twin, both are shown alike, and what differs
/// between them is the forgery; so each place of an inner feature map has a label of its own, many
/// for one face. (Nguyen and others, "Multi-task learning for detecting and segmenting manipulated
/// facial images and videos", 2019, learn both with a decoder; here one linear layer reads the
/// map.) The head serves training alone: the detector is the network as published.
struct LocalizationHead {
  private let cut: NetworkCut
  private let reader: Conv2D

  /// A head on the last feature map with a place per 16×16 pixels or fewer.
  ///
  /// - Returns: nil for a network without such a map, and for one of several frames.
  init?(_ network: DetectorNetwork, randomness: RandomSource) {
    guard network.architecture.frames == 1 else { return nil }
    let cut = network.body.cut(input: network.inputShape(1)) { $0[1] * 16 >= network.side }
    guard let cut else { return nil }
    self.cut = cut
    var randomness = randomness
    reader = Conv2D(inputs: cut.map[3], outputs: 1, kernel: 1, randomness: &randomness)
  }

  /// The head's parameters for the optimizer.
  var parameters: [NamedParameter] { reader.parameters.under("places") }

  /// Adds the gradients of both losses to the parameters; returns the loss of whole faces.
  ///
  /// - Parameters:
  ///   - weight: what the mean loss over places is multiplied with in the sum.
  ///   - share: the samples of the step's batch that these are; losses are their part of it.
  func learn(
    from batch: DetectorBatch, smoothing: Float, weight: Float, precision: Precision,
    randomness: RandomSource, share: BatchShare? = nil
  ) -> Float {
    var saved = Saved(.training, randomness: randomness, share: share)
    var reading = Saved(.training)
    let map = cut.front.forward(batch.input.converted(to: precision), saving: &saved)
    let logits = cut.back.forward(map, saving: &saved)
    let faces = share.part(
      of: BinaryCrossEntropy(labelSmoothing: smoothing)(
        logits, batch.targets, weight: batch.weights))
    var gradient = cut.back.backward(
      faces.gradient.converted(to: logits.precision), from: &saved)
    let answers = reader.forward(map, saving: &reading)
    if let target = MaskTarget(of: batch, rows: answers.shape[1]) {
      let places = share.part(
        of: BinaryCrossEntropy()(answers, target.targets, weight: target.weights))
      let own = reader.backward(
        places.gradient.converted(to: answers.precision), from: &reading)
      gradient = gradient.converted(to: .float32)
        .adding(own.converted(to: .float32), times: weight).converted(to: map.precision)
    }
    _ = cut.front.backward(gradient, from: &saved)
    return faces.value
  }
}
