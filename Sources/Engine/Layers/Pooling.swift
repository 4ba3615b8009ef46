/// The largest value in each window: `[N, H, W, C]` to `[N, H', W', C]`.
public struct MaxPool: Layer {
  private let window: PoolingWindow

  /// - Parameters:
  ///   - kernel: rows and columns of a window.
  ///   - stride: the distance between windows; the kernel's size if nil.
  ///   - padding: the width of the empty border around the image; at most half a window.
  public init(_ kernel: Int, stride: Int? = nil, padding: Int = 0) {
    window = PoolingWindow(kernel: kernel, stride: stride, padding: padding)
  }

  /// The window.
  public var node: LayerNode { LayerNode(.maxPool(window)) }

  /// H' = (H + 2 · padding − kernel) / stride + 1, rounded down.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    let y = Kernels.maxPool(x.converted(to: .float32), window).converted(to: x.precision)
    saved.push(x)
    saved.push(y)
    return y
  }

  /// The gradient goes to the first of the largest values.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let y = saved.pop().converted(to: .float32)
    let x = saved.pop().converted(to: .float32)
    return Kernels.maxPoolBackward(dy.converted(to: .float32), x: x, y: y, window)
      .converted(to: dy.precision)
  }
}

/// The mean of each window: `[N, H, W, C]` to `[N, H', W', C]`.
public struct AveragePool: Layer {
  private let window: PoolingWindow

  /// - Parameters:
  ///   - kernel: rows and columns of a window.
  ///   - stride: the distance between windows; the kernel's size if nil.
  ///   - padding: the width of the zero border around the image; zeros count in the mean.
  public init(_ kernel: Int, stride: Int? = nil, padding: Int = 0) {
    window = PoolingWindow(kernel: kernel, stride: stride, padding: padding)
  }

  /// The window.
  public var node: LayerNode { LayerNode(.averagePool(window)) }

  /// H' = (H + 2 · padding − kernel) / stride + 1, rounded down.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    saved.push(shape: x.shape)
    return Kernels.averagePool(x.converted(to: .float32), window).converted(to: x.precision)
  }

  /// Distributes each window's gradient equally.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    Kernels.averagePoolBackward(dy.converted(to: .float32), shape: saved.popShape(), window)
      .converted(to: dy.precision)
  }
}

/// The mean of each channel over the whole image, sequence or volume: `[N, ..., C]` to `[N, C]`.
public struct GlobalAveragePool: Layer {
  /// Has no settings.
  public init() {}

  /// A leaf without attributes.
  public var node: LayerNode { LayerNode(.globalAveragePool) }

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

/// A square window that slides over an image; rows and columns alike.
public struct PoolingWindow: Equatable, Sendable {
  /// Rows, and columns, of the window.
  public let kernel: Int
  /// Pixels from one window to the next.
  public let stride: Int
  /// Pixels beyond each side of the image that windows may cover.
  public let padding: Int

  /// A window; `stride` is the kernel's size if nil.
  public init(kernel: Int, stride: Int? = nil, padding: Int = 0) {
    precondition(
      kernel > 0 && stride ?? 1 > 0 && padding >= 0 && padding <= kernel / 2,
      "windows of \(kernel), stride \(stride ?? kernel), padding \(padding)")
    self.kernel = kernel
    self.stride = stride ?? kernel
    self.padding = padding
  }

  /// The output shape for an input of the shape `[N, H, W, C]`.
  func output(of shape: [Int]) -> [Int] {
    precondition(shape.count == 4, "pooling takes [N, H, W, C], not \(shape)")
    return [shape[0], positions(along: shape[1]), positions(along: shape[2]), shape[3]]
  }

  private func positions(along length: Int) -> Int {
    precondition(length + 2 * padding >= kernel, "a window of \(kernel) over \(length) values")
    return (length + 2 * padding - kernel) / stride + 1
  }
}

/// Windows that slide over pictures or volumes.
protocol SlidingWindow {
  /// The output shape for an input of the given shape.
  func output(of shape: [Int]) -> [Int]
  /// Where the windows lie in an input of the given shape.
  func geometry(of shape: [Int]) -> WindowGeometry
}

/// The size and place of windows.
struct WindowGeometry {
  let kernel, stride: VolumeSize
  /// Frames, rows and columns before the input that windows cover.
  let padding: (frames: Int, rows: Int, columns: Int)
}

extension PoolingWindow: SlidingWindow {
  func geometry(of shape: [Int]) -> WindowGeometry {
    WindowGeometry(
      kernel: VolumeSize(frames: 1, side: kernel), stride: VolumeSize(frames: 1, side: stride),
      padding: (0, padding, padding))
  }
}
