extension Tensor {
  /// Tensors concatenated along the last dimension; the other dimensions must agree.
  ///
  /// - Parameter parts: two or more; the result has the precision of the first.
  public static func besides(_ parts: [Tensor]) -> Tensor { Kernels.joined(parts) }

  /// A copy of a range of channels, the last dimension.
  public func channels(_ range: Range<Int>) -> Tensor {
    precondition(range.upperBound <= rowLength, "channels \(range) of \(shape)")
    return Kernels.columns(range.lowerBound, width: range.count, of: self)
  }

  /// This float32 tensor plus `factor` times another of its shape.
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
