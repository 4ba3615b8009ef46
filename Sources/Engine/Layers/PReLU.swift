/// ReLU with a learned slope below zero for each channel.
///
/// After He, Zhang, Ren & Sun 2015, as in PyTorch.
public struct PReLU: Layer {
  /// The slopes, `[C]`.
  public let slope: Parameter

  /// - Parameter initial: the initial slope of every channel.
  public init(channels: Int, initial: Float = 0.25) {
    slope = Parameter(Tensor([channels]) { _ in initial })
  }

  /// "weight": the slopes.
  public var parameters: [NamedParameter] { [NamedParameter("weight", slope)] }

  /// x above zero, slope · x below.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    precondition(x.rowLength == slope.value.count, "\(slope.value.count) slopes for \(x.shape)")
    saved.push(x)
    return Kernels.parametricReLU(x.converted(to: .float32), slope: slope.value)
      .converted(to: x.precision)
  }

  /// dy above zero, slope · dy below.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let (dx, dslope) = Kernels.parametricReLUBackward(
      dy.converted(to: .float32), x: saved.pop().converted(to: .float32), slope: slope.value)
    slope.gradient.add { dslope[$0] }
    return dx.converted(to: dy.precision)
  }
}
