/// Resizes images: `[N, H, W, C]` to `[N, H', W', C]`, as PyTorch's `interpolate` does.
public struct Resize: Layer {
  /// The interpolation.
  public enum Filter: String, CaseIterable, Sendable {
    /// The pixel at or before it (PyTorch's "nearest").
    case nearest
    /// The four around its center (PyTorch's "bilinear" with `align_corners=False`).
    case bilinear
  }

  private enum Target {
    case size(height: Int, width: Int)
    case scale(Double)
  }

  private let filter: Filter
  private let target: Target

  /// Resizes to a fixed size.
  public init(_ filter: Filter, height: Int, width: Int) {
    precondition(height > 0 && width > 0, "a picture of \(height) rows and \(width) columns")
    self.filter = filter
    target = .size(height: height, width: width)
  }

  /// Resizes by a factor; rows and columns are rounded down.
  public init(_ filter: Filter, scale: Double) {
    precondition(scale > 0, "a picture scaled by \(scale)")
    self.filter = filter
    target = .scale(scale)
  }

  /// Each new pixel from one or four old ones.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    precondition(x.shape.count == 4, "a resize takes [N, H, W, C], not \(x.shape)")
    saved.push(shape: x.shape)
    let (rows, columns) = taps(x.shape)
    return Kernels.resize(x.converted(to: .float32), rows: rows, columns: columns)
      .converted(to: x.precision)
  }

  /// The adjoint: distributes each new pixel's gradient with the same weights.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let shape = saved.popShape()
    let (rows, columns) = taps(shape)
    return Kernels.resizeBackward(
      dy.converted(to: .float32), shape: shape, rows: rows, columns: columns
    ).converted(to: dy.precision)
  }

  private func taps(_ shape: [Int]) -> (rows: [ResizeTap], columns: [ResizeTap]) {
    switch target {
    case .size(let height, let width):
      (
        ResizeTap.axis(shape[1], to: height, ratio: Float(shape[1]) / Float(height), filter),
        ResizeTap.axis(shape[2], to: width, ratio: Float(shape[2]) / Float(width), filter)
      )
    case .scale(let scale):
      (
        ResizeTap.axis(shape[1], to: scaled(shape[1], scale), ratio: Float(1 / scale), filter),
        ResizeTap.axis(shape[2], to: scaled(shape[2], scale), ratio: Float(1 / scale), filter)
      )
    }
  }

  private func scaled(_ length: Int, _ scale: Double) -> Int {
    max(1, Int((Double(length) * scale).rounded(.down)))
  }
}
