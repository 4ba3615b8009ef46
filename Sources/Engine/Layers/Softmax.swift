/// Softmax over the last dimension.
public struct Softmax: Layer {
  /// Has no settings.
  public init() {}

  /// exp(x) over the row's sum of exp(x).
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    let y = Kernels.softmax(x.converted(to: .float32)).converted(to: x.precision)
    saved.push(y)
    return y
  }

  /// y · (dy − Σ dy · y).
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    Kernels.softmaxBackward(
      dy.converted(to: .float32), y: saved.pop().converted(to: .float32)
    ).converted(to: dy.precision)
  }
}
