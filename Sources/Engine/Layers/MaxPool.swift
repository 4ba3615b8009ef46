/// The largest value in each window: `[N, H, W, C]` to `[N, H', W', C]`.
public struct MaxPool: Layer {
  private let windows: Windows

  /// - Parameters:
  ///   - kernel: rows and columns of a window.
  ///   - stride: the distance between windows; the kernel's size if nil.
  ///   - padding: the width of the empty border around the image; at most half a window.
  public init(_ kernel: Int, stride: Int? = nil, padding: Int = 0) {
    windows = Windows(kernel: kernel, stride: stride, padding: padding)
  }

  /// H' = (H + 2 · padding − kernel) / stride + 1, rounded down.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    let y = Kernels.maxPool(x.converted(to: .float32), windows).converted(to: x.precision)
    saved.push(x)
    saved.push(y)
    return y
  }

  /// The gradient goes to the first of the largest values.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let y = saved.pop().converted(to: .float32)
    let x = saved.pop().converted(to: .float32)
    return Kernels.maxPoolBackward(dy.converted(to: .float32), x: x, y: y, windows)
      .converted(to: dy.precision)
  }
}
