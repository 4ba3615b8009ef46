/// The mean of each window: `[N, H, W, C]` to `[N, H', W', C]`.
public struct AveragePool: Layer {
  private let windows: Windows

  /// - Parameters:
  ///   - kernel: rows and columns of a window.
  ///   - stride: the distance between windows; the kernel's size if nil.
  ///   - padding: the width of the zero border around the image; zeros count in the mean.
  public init(_ kernel: Int, stride: Int? = nil, padding: Int = 0) {
    windows = Windows(kernel: kernel, stride: stride, padding: padding)
  }

  /// H' = (H + 2 · padding − kernel) / stride + 1, rounded down.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    saved.push(shape: x.shape)
    return Kernels.averagePool(x.converted(to: .float32), windows).converted(to: x.precision)
  }

  /// Distributes each window's gradient equally.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    Kernels.averagePoolBackward(dy.converted(to: .float32), shape: saved.popShape(), windows)
      .converted(to: dy.precision)
  }
}
