/// The mean of each channel over the whole image: `[N, H, W, C]` to `[N, C]`.
public struct GlobalAveragePool: Layer {
  /// Has no settings.
  public init() {}

  /// The means, in x's precision.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    saved.push(shape: x.shape)
    let sums = Kernels.channelSums(x.converted(to: .float32), groups: x.shape[0])
    let pixels = Float(x.rowCount / max(1, x.shape[0]))
    return Tensor(sums.shape) { sums[$0] / pixels }.converted(to: x.precision)
  }

  /// Distributes the gradient equally over all pixels.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let shape = saved.popShape()
    let pixels = Float(shape.dropFirst().dropLast().reduce(1, *))
    return Kernels.repeated(dy.converted(to: .float32), factor: 1 / pixels, shape: shape)
      .converted(to: dy.precision)
  }
}
