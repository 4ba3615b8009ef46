public import Engine

/// A network with one logit: above 0 for fake.
public struct DetectorNetwork {
  /// The architecture.
  public let architecture: NetworkArchitecture
  /// The side of the input, in pixels.
  public let side: Int
  /// The layers from pictures `[N, side, side, 3]`, or clips `[N, frames, side, side, 3]`, to logits
  /// `[N, 1]`.
  public let body: any Layer

  /// A network with initial weights, determined by `randomness`.
  ///
  /// - Parameters:
  ///   - side: within the architecture's `sides`.
  ///   - dropping: a factor on the published dropout and stochastic depth; 0 for none.
  ///   - reachesInput: whether `body` computes gradients with respect to the pictures, which
  ///     training does not need.
  public init(
    _ architecture: NetworkArchitecture, side: Int, dropping: Float = 1,
    reachesInput: Bool = false, randomness: RandomSource
  ) {
    precondition(architecture.sides.contains(side), "\(architecture.rawValue) at \(side)×\(side)")
    self.architecture = architecture
    self.side = side
    var maker = LayerBuilder(randomness, dropping: dropping, reachesInput: reachesInput)
    body = architecture.tree(side, &maker)
  }

  private init(like other: DetectorNetwork, body: any Layer) {
    (architecture, side, self.body) = (other.architecture, other.side, body)
  }

  /// The parameters that the optimizer updates and checkpoints store, in a fixed order.
  public var parameters: [NamedParameter] { body.parameters }

  /// The number of trainable values.
  public var trainableCount: Int {
    parameters.filter(\.parameter.isTrainable)
      .reduce(0) { $0 + $1.parameter.plainShape.reduce(1, *) }
  }

  /// The logits of pictures or clips.
  ///
  /// - Parameter pictures: as `body` takes them, normalized.
  /// - Returns: `[N, 1]`, of the same precision.
  public func logits(_ pictures: Tensor) -> Tensor { body(pictures) }

  /// The same network for inference, with batch normalization folded into the convolutions.
  ///
  /// It has no backward pass. Weights that are not folded are shared with this network.
  public var forScoring: DetectorNetwork { DetectorNetwork(like: self, body: body.forInference) }

  /// The same network, sharing its weights, with layers that record their cost in `profile`.
  public func watched(by profile: LayerProfile) -> DetectorNetwork {
    DetectorNetwork(like: self, body: profile.watching(body, as: architecture.rawValue))
  }

  /// Multiply-adds of one picture, or of one clip.
  public var multiplyAdds: Int { body.multiplyAdds(for: inputShape(1)) }

  /// The shape of `count` pictures, or of `count` clips of the architecture's frames.
  public func inputShape(_ count: Int) -> [Int] {
    [count] + (architecture.frames > 1 ? [architecture.frames] : []) + [side, side, 3]
  }
}
