public import Engine

/// Pictures of one synthetic person, and the right answers to swapping them for another.
///
/// The right answer is the very scene of the picture rendered with the other person in it: the same
/// expression, pose, light, camera and background. All are faces as `Crop` sees them, in 0…1.
public struct GroundTruthSwaps: Sendable {
  /// What the model is given, `[N, 64, 64, 3]`: with the camera's noise and JPEG.
  public let inputs: Tensor
  /// The other person in the same scenes, without noise or JPEG, `[N, 64, 64, 3]`.
  public let truths: Tensor
  /// Where the other person's face is seen, `[N, 64, 64, 1]`; each must hold something.
  public let masks: Tensor

  private let references: [Reference]

  /// What the figures compare with, worked out once.
  struct Reference: Sendable {
    let truth: Channels
    let mask: [Double]
    let target, source: OrientedGradients
  }

  /// The pictures and their answers, in the same order.
  public init(inputs: Tensor, truths: Tensor, masks: Tensor) {
    precondition(
      inputs.shape == truths.shape && masks.shape == Array(inputs.shape.dropLast()) + [1],
      "\(inputs.shape), \(truths.shape) and \(masks.shape) do not go together")
    (self.inputs, self.truths, self.masks) = (inputs, truths, masks)
    references = ThreadPool.map(inputs.shape[0]) { index in
      let truth = Channels(of: truths, at: index)
      let mask = Channels(of: masks, at: index).planes[0]
      let source = Channels(of: inputs, at: index)
      return Reference(
        truth: truth, mask: mask, target: OrientedGradients(of: truth, mask: mask),
        source: OrientedGradients(of: source, mask: mask))
    }
  }

  /// How many pictures there are.
  public var count: Int { references.count }

  /// How far each of some swaps, `[N, 64, 64, 3]` in 0…1, is from its truth.
  public func figures(of swaps: Tensor) -> [GroundTruthMetrics] {
    precondition(swaps.shape == truths.shape, "\(swaps.shape) are no swaps of \(truths.shape)")
    return ThreadPool.map(count) {
      GroundTruthMetrics(of: Channels(of: swaps, at: $0), against: references[$0])
    }
  }
}
