import Engine

/// A second lesson beside the one about whole faces: which places of a face are forged.
///
/// Where a set has a real face and its forged twin, both are shown alike, and what differs between
/// them is the forgery; so every place of an inner layer can be told by itself whether it is forged,
/// which is many answers a face instead of one. (Nguyen and others, "Multi-task learning for
/// detecting and segmenting manipulated facial images and videos", 2019, teach both by a decoder;
/// here one linear layer reads the places.) The layer that reads them serves training alone: the
/// detector is the network as published.
struct LocalizationHead {
  private let front, back: Sequential
  private let reader: Conv2D

  /// A lesson for the last inner layer that has a place for each 16×16 pixels or fewer.
  ///
  /// - Returns: nil for a network without such a layer.
  init?(_ network: DetectorNetwork, randomness: RandomSource) {
    guard let body = network.body as? Sequential else { return nil }
    let layers = LocalizationHead.flattened(body)
    var picture = Tensor(zeros: [1, network.side, network.side, 3])
    var cut: (layers: Int, channels: Int)?
    for (index, layer) in layers.enumerated() {
      picture = layer.layer(picture)
      guard picture.shape.count == 4, picture.shape[1] * 16 >= network.side else { break }
      cut = (index + 1, picture.shape[3])
    }
    guard let cut, cut.layers < layers.count else { return nil }
    front = Sequential(children: Array(layers[..<cut.layers]))
    back = Sequential(children: Array(layers[cut.layers...]))
    var randomness = randomness
    reader = Conv2D(inputs: cut.channels, outputs: 1, kernel: 1, randomness: &randomness)
  }

  /// Chains within a chain as one.
  private static func flattened(_ chain: Sequential) -> [(name: String, layer: any Layer)] {
    chain.children.flatMap { child -> [(name: String, layer: any Layer)] in
      guard let inner = child.layer as? Sequential else { return [child] }
      return flattened(inner).map { ("\(child.name).\($0.name)", $0.layer) }
    }
  }

  /// What the optimizer changes beside the network.
  var parameters: [NamedParameter] { reader.parameters.under("places") }

  /// Adds to the parameters the gradients of both lessons; the loss of the first one.
  ///
  /// - Parameter weight: how much the mean loss over places counts beside that over faces.
  func learn(
    from batch: DetectorBatch, smoothing: Float, weight: Float, precision: Precision,
    randomness: RandomSource
  ) -> Float {
    var (saved, reading) = (Saved(.training, randomness: randomness), Saved(.training))
    let inner = front.forward(batch.input.converted(to: precision), saving: &saved)
    let logits = back.forward(inner, saving: &saved)
    let faces = BinaryCrossEntropy(labelSmoothing: smoothing)(
      logits, batch.targets, weight: batch.weights)
    var gradient = back.backward(faces.gradient.converted(to: logits.precision), from: &saved)
    let answers = reader.forward(inner, saving: &reading)
    let rows = answers.shape[1]
    if let truth = MaskTarget(of: batch, rows: rows) {
      let places = BinaryCrossEntropy()(answers, truth.targets, weight: truth.weights)
      let own = reader.backward(
        places.gradient.converted(to: answers.precision), from: &reading)
      gradient = gradient.converted(to: .float32)
        .adding(own.converted(to: .float32), times: weight).converted(to: inner.precision)
    }
    _ = front.backward(gradient, from: &saved)
    return faces.value
  }
}
