import Engine
public import Media

extension NetworkDetector {
  /// Grad-CAM of as many frames as the network looks at; nil for one without feature maps.
  ///
  /// It uses the last feature map with more than one row; of a vision transformer, the steps of the
  /// patches that enter the last block. Of several frames, it is the sum over time.
  ///
  /// - Parameter frames: 256×256.
  public func gradCAM(on frames: [Image]) -> GradCAM? {
    precondition(frames.count == architecture.frames, "\(frames.count) frames")
    let network = DetectorNetwork(
      architecture, side: input.side, randomness: RandomSource(seed: 0))
    let source = Checkpoint(tensors: parameters, metadata: [:])
    guard let cut = network.lastMap,
      (try? network.parameters.restore(from: source)) != nil
    else { return nil }
    var saved = Saved(.evaluation)
    let pictures = NetworkDetector.pictures(frames, input)
    let map = cut.front.forward(
      pictures.reshaped(to: network.inputShape(1)), saving: &saved)
    let logit = cut.back.forward(map, saving: &saved)
    let gradient = cut.back.backward(Tensor(shape: logit.shape, values: [1]), from: &saved)
    return GradCAM(
      map: DetectorNetwork.picture(of: map.converted(to: Precision.float32)),
      gradient: DetectorNetwork.picture(of: gradient.converted(to: Precision.float32)),
      share: input.share)
  }
}

extension DetectorNetwork {
  /// The network, cut at the map that Grad-CAM shows; nil where it has none.
  fileprivate var lastMap: NetworkCut? {
    if body.steps.contains(where: { $0.layer.node.operation == .patchTokens }) {
      return body.cut(input: inputShape(1), rank: 3) { _ in true }
    }
    return body.cut(input: inputShape(1)) { $0[$0.count - 3] > 1 }
  }

  /// A map as it is, or the steps of a square of patches, without the class's, as one:
  /// `[1, H, W, C]`.
  fileprivate static func picture(of map: Tensor) -> Tensor {
    guard map.shape.count == 3 else { return map }
    let (places, channels) = (map.shape[1] - 1, map.shape[2])
    let side = Int(Double(places).squareRoot())
    return map.reshaped(to: [1, map.shape[1] * channels])
      .channels(channels..<map.shape[1] * channels).reshaped(to: [1, side, side, channels])
  }
}

extension GradCAM {
  /// - Parameters:
  ///   - map: the layer's output, `[1, H, W, C]` or `[1, T, H, W, C]`.
  ///   - gradient: the logit's derivative with respect to it, of the same shape.
  init(map: Tensor, gradient: Tensor, share: Double) {
    let sizes = Array(map.shape.suffix(3))
    let (rows, columns, channels) = (sizes[0], sizes[1], sizes[2])
    let steps = map.count / (rows * columns * channels)
    let (values, slopes) = (map.values, gradient.values)
    var weights = [Float](repeating: 0, count: channels)
    for index in slopes.indices { weights[index % channels] += slopes[index] }
    let places = Float(steps * rows * columns)
    self.values = (0..<rows * columns).map { place in
      var sum: Float = 0
      for step in 0..<steps {
        let first = (step * rows * columns + place) * channels
        for channel in 0..<channels { sum += weights[channel] / places * values[first + channel] }
      }
      return sum
    }
    (self.rows, self.columns, self.share) = (rows, columns, share)
  }
}
