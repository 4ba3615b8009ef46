/// Normalizes the channels of each pixel together; any shape `[..., C]`.
///
/// Layer normalization, Ba, Kiros & Hinton 2016.
public struct LayerNorm: Layer {
  /// The scale of the normalized values, `[C]`; initially 1.
  public let gain: Parameter
  /// The offset of the scaled values, `[C]`; initially 0.
  public let shift: Parameter
  private let epsilon: Float

  /// - Parameter epsilon: added to the variance.
  public init(channels: Int, epsilon: Float = 1e-5) {
    gain = Parameter(Tensor([channels]) { _ in 1 })
    shift = Parameter(Tensor(zeros: [channels]))
    self.epsilon = epsilon
  }

  /// "weight" and "bias".
  public var node: LayerNode {
    LayerNode(
      .layerNormalization(epsilon: epsilon),
      parameters: [NamedParameter("weight", gain), NamedParameter("bias", shift)])
  }

  /// The normalized values, of x's shape and precision.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    precondition(x.rowLength == gain.value.count, "\(gain.value.count) channels for \(x.shape)")
    saved.push(x)
    return Kernels.layerNorm(
      x.converted(to: .float32), gain: gain.value, shift: shift.value, epsilon: epsilon
    ).converted(to: x.precision)
  }

  /// Includes the gradient through each pixel's mean and variance.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let (dx, sums) = Kernels.layerNormBackward(
      dy.converted(to: .float32), x: saved.pop().converted(to: .float32), gain: gain.value,
      epsilon: epsilon)
    let channels = gain.value.count
    gain.gradient.add { sums[$0] }
    shift.gradient.add { sums[channels + $0] }
    return dx.converted(to: dy.precision)
  }
}
