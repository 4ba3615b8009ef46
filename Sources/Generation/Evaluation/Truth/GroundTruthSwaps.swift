public import Engine

/// Pictures of one synthetic person, and ground truth for swapping them to another.
///
/// Ground truth is the same scene rendered with the other person: the same expression, pose, light,
/// camera and background. All are faces as in `Crop`, in 0…1.
public struct GroundTruthSwaps: Sendable {
  /// The model's input, `[N, 64, 64, 3]`: with sensor noise and JPEG.
  public let inputs: Tensor
  /// The other person in the same scenes, without noise or JPEG, `[N, 64, 64, 3]`.
  public let truths: Tensor
  /// The mask of the other person's face, `[N, 64, 64, 1]`; none may be empty.
  public let masks: Tensor

  private let references: [Reference]

  /// Precomputed values for the metrics.
  struct Reference: Sendable {
    let truth: Channels
    let mask: [Double]
    let target, source: OrientedGradients
  }

  /// Pictures and their ground truth, in the same order.
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

  /// The number of pictures.
  public var count: Int { references.count }

  /// The metrics of swaps, `[N, 64, 64, 3]` in 0…1, against their ground truth.
  public func metrics(of swaps: Tensor) -> [GroundTruthMetrics] {
    precondition(swaps.shape == truths.shape, "\(swaps.shape) are no swaps of \(truths.shape)")
    return ThreadPool.map(count) {
      GroundTruthMetrics(of: Channels(of: swaps, at: $0), against: references[$0])
    }
  }
}
