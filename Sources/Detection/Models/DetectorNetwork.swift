public import Engine

/// A network with one logit: above 0 for fake.
public struct DetectorNetwork {
  /// Which network it is.
  public let architecture: NetworkArchitecture
  /// The side of the pictures that it is made for, in pixels.
  public let side: Int
  /// Makes of pictures `[N, side, side, 3]` their logits `[N, 1]`.
  public let body: any Layer

  /// A network with fresh weights that follow from `randomness` alone.
  ///
  /// - Parameters:
  ///   - side: within the architecture's `sides`.
  ///   - dropping: the share of the published dropout and stochastic depth; 0 for none.
  ///   - reachesInput: whether `body` gives gradients by the pictures, which training does not need.
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

  /// What the optimizer may change and checkpoints hold, in a fixed order.
  public var parameters: [NamedParameter] { body.parameters }

  /// How many numbers training changes.
  public var trainableCount: Int {
    parameters.filter(\.parameter.isTrainable)
      .reduce(0) { $0 + $1.parameter.plainShape.reduce(1, *) }
  }

  /// The logits of some pictures.
  ///
  /// - Parameter pictures: `[N, side, side, 3]`, normalized.
  /// - Returns: `[N, 1]`, of their precision.
  public func logits(_ pictures: Tensor) -> Tensor { body(pictures) }

  /// The same network for scoring alone: normalizations are part of the convolutions.
  ///
  /// It has no way back. Weights that no normalization scales are shared with this one.
  public var forScoring: DetectorNetwork { DetectorNetwork(like: self, body: body.forInference) }

  /// The same network, weights shared, whose layers note in `profile` what they cost.
  public func watched(by profile: LayerProfile) -> DetectorNetwork {
    DetectorNetwork(like: self, body: profile.watching(body, as: architecture.rawValue))
  }

  /// Multiplications with an addition that one picture takes.
  public var multiplyAdds: Int { body.multiplyAdds(for: pictureShape) }

  /// The shape of one picture.
  var pictureShape: [Int] { [1, side, side, 3] }
}
