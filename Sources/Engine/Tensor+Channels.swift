extension Tensor {
  /// Tensors beside each other: of one shape but for the last dimension, joined along it.
  ///
  /// - Parameter parts: two or more; the result has the precision of the first.
  public static func besides(_ parts: [Tensor]) -> Tensor { Kernels.joined(parts) }

  /// A copy of some channels, the last dimension.
  public func channels(_ range: Range<Int>) -> Tensor {
    precondition(range.upperBound <= rowLength, "channels \(range) of \(shape)")
    return Kernels.columns(range.lowerBound, width: range.count, of: self)
  }

  /// This float32 tensor and `factor` times another of its shape.
  public func adding(_ other: Tensor, times factor: Float = 1) -> Tensor {
    precondition(other.shape == shape, "\(other.shape) cannot be added to \(shape)")
    var sum = self
    sum.makeUnique()
    unsafe Kernels.addScaled(other.floats, by: factor, to: sum.floats, count: count)
    withExtendedLifetime(other) {}
    return sum
  }

  /// `factor` times this float32 tensor.
  public func scaled(by factor: Float) -> Tensor {
    Tensor(zeros: shape).adding(self, times: factor)
  }
}
