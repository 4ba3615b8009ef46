/// Resizes images: `[N, H, W, C]` to `[N, H', W', C]`, as PyTorch's `interpolate` does.
public struct Resize: Layer {
  /// The interpolation.
  public enum Filter: String, CaseIterable, Sendable {
    /// The pixel at or before it (PyTorch's "nearest").
    case nearest
    /// The four around its center (PyTorch's "bilinear" with `align_corners=False`).
    case bilinear
  }

  /// How many rows and columns there are afterwards.
  public enum Target: Equatable, Sendable {
    /// So many.
    case size(height: Int, width: Int)
    /// This many times those before, rounded down.
    case scale(Double)

    /// The shape of the output for an input `[N, H, W, C]`.
    func output(of shape: [Int]) -> [Int] {
      switch self {
      case .size(let height, let width): [shape[0], height, width, shape[3]]
      case .scale(let scale):
        [shape[0]]
          + shape[1...2].map { max(1, Int((Double($0) * scale).rounded(.down))) } + [shape[3]]
      }
    }
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

  /// The filter and the new size.
  public var node: LayerNode { LayerNode(.resize(filter, target)) }

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
    let output = target.output(of: shape)
    func axis(_ axis: Int) -> [ResizeTap] {
      let ratio =
        switch target {
        case .size: Float(shape[axis]) / Float(output[axis])
        case .scale(let scale): Float(1 / scale)
        }
      return ResizeTap.axis(shape[axis], to: output[axis], ratio: ratio, filter)
    }
    return (axis(1), axis(2))
  }
}

/// The source values of one position along an axis of a resized image.
struct ResizeTap: Equatable, Sendable {
  /// The index of the source value with the weight 1 − `weight`.
  let first: Int
  /// The index of the source value with the weight `weight`.
  let second: Int
  /// 0 ..< 1.
  let weight: Float

  /// The taps of a whole axis.
  ///
  /// An axis that keeps its length is copied, whatever the ratio, as in PyTorch.
  ///
  /// - Parameter ratio: source values per new value.
  static func axis(
    _ input: Int, to output: Int, ratio: Float, _ filter: Resize.Filter
  ) -> [ResizeTap] {
    let ratio = input == output ? 1 : ratio
    return (0..<output).map { index in
      switch filter {
      case .nearest:
        let source = min(Int(Float(index) * ratio), input - 1)
        return ResizeTap(first: source, second: source, weight: 0)
      case .bilinear:
        // Between the pixels' centers, clamped to the first and the last.
        let center = max(0, (Float(index) + 0.5) * ratio - 0.5)
        let first = min(Int(center), input - 1)
        let second = min(first + 1, input - 1)
        return ResizeTap(
          first: first, second: second, weight: second == first ? 0 : center - Float(first))
      }
    }
  }
}
