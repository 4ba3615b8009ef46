import Engine
public import Media

extension NetworkDetector {
  /// Where the network looked in a face; nil for networks whose layers have no places.
  ///
  /// - Parameter face: 256×256.
  public func attention(on face: Image) -> GradCAM? {
    let network = DetectorNetwork(
      architecture, side: input.side, randomness: RandomSource(seed: 0))
    let source = Checkpoint(tensors: parameters, metadata: [:])
    guard let chain = network.body as? Sequential,
      (try? network.parameters.restore(from: source)) != nil
    else { return nil }
    var saved = Saved(.evaluation)
    var x = NetworkDetector.pictures([face], input)
    var last: (index: Int, map: Tensor)?
    for (index, child) in chain.children.enumerated() {
      x = child.layer.forward(x, saving: &saved)
      if x.shape.count == 4, x.shape[1] > 1 { last = (index, x) }
    }
    guard let last else { return nil }
    var gradient = Tensor(shape: x.shape, values: [1])
    for child in chain.children[(last.index + 1)...].reversed() {
      gradient = child.layer.backward(gradient, from: &saved)
    }
    return GradCAM(
      map: last.map.converted(to: Precision.float32),
      gradient: gradient.converted(to: Precision.float32),
      share: input.share)
  }
}

extension GradCAM {
  /// - Parameters:
  ///   - map: what the layer gave, `[1, H, W, C]`.
  ///   - gradient: the logit's derivative by it, of the same shape.
  init(map: Tensor, gradient: Tensor, share: Double) {
    let (rows, columns, channels) = (map.shape[1], map.shape[2], map.shape[3])
    let (values, slopes) = (map.values, gradient.values)
    var weights = [Float](repeating: 0, count: channels)
    for index in slopes.indices { weights[index % channels] += slopes[index] }
    let places = Float(rows * columns)
    self.values = (0..<rows * columns).map { place in
      var sum: Float = 0
      for channel in 0..<channels {
        sum += weights[channel] / places * values[place * channels + channel]
      }
      return sum
    }
    (self.rows, self.columns, self.share) = (rows, columns, share)
  }
}
