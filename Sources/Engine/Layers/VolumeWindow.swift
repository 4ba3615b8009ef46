/// A size in time and in space: frames, and rows and columns alike; an integer literal is both.
public struct VolumeSize: Equatable, Sendable, ExpressibleByIntegerLiteral {
  /// In time.
  public let frames: Int
  /// In space.
  public let side: Int

  public init(frames: Int, side: Int) { (self.frames, self.side) = (frames, side) }

  public init(integerLiteral size: Int) { self.init(frames: size, side: size) }
}

/// What surrounds a volume for windows to cover.
public enum VolumePadding: Equatable, Sendable {
  /// As many frames before and after, and as many rows and columns on each side.
  case even(VolumeSize)
  /// As many in all as ⌈size / stride⌉ windows need, the odd one after, below and to the right, as in
  /// TensorFlow.
  case same

  /// The width before and after `size` values.
  func around(_ size: Int, kernel: Int, stride: Int, even: (VolumeSize) -> Int) -> (
    before: Int, after: Int
  ) {
    switch self {
    case .even(let width): return (even(width), even(width))
    case .same:
      let total = max(0, ((size + stride - 1) / stride - 1) * stride + kernel - size)
      return (total / 2, total - total / 2)
    }
  }
}

/// Windows that slide over volumes `[N, T, H, W, C]`.
public struct VolumeWindow: Equatable, Sendable {
  /// The size of a window.
  public let kernel: VolumeSize
  /// From one window to the next.
  public let stride: VolumeSize
  /// What windows may cover beyond the volume.
  public let padding: VolumePadding

  public init(kernel: VolumeSize, stride: VolumeSize, padding: VolumePadding = .even(0)) {
    precondition(
      min(kernel.frames, kernel.side, stride.frames, stride.side) > 0,
      "windows of \(kernel), stride \(stride)")
    (self.kernel, self.stride, self.padding) = (kernel, stride, padding)
  }

  /// The widths before and after the volume along frames, rows and columns.
  func around(_ shape: [Int]) -> [(before: Int, after: Int)] {
    precondition(shape.count == 5, "windows over [N, T, H, W, C], not \(shape)")
    return [
      padding.around(shape[1], kernel: kernel.frames, stride: stride.frames, even: \.frames),
      padding.around(shape[2], kernel: kernel.side, stride: stride.side, even: \.side),
      padding.around(shape[3], kernel: kernel.side, stride: stride.side, even: \.side),
    ]
  }

  /// The output shape for an input of the shape `[N, T, H, W, C]`.
  func output(of shape: [Int]) -> [Int] {
    let around = around(shape)
    let sizes = (0..<3).map { axis in
      let (kernel, stride) =
        axis == 0 ? (kernel.frames, stride.frames) : (kernel.side, stride.side)
      let covered = shape[axis + 1] + around[axis].before + around[axis].after
      precondition(covered >= kernel, "a window of \(kernel) over \(covered) values of \(shape)")
      return (covered - kernel) / stride + 1
    }
    return [shape[0]] + sizes + [shape[4]]
  }
}

extension VolumeWindow: SlidingWindow {
  func geometry(of shape: [Int]) -> WindowGeometry {
    let around = around(shape)
    return WindowGeometry(
      kernel: kernel, stride: stride,
      padding: (around[0].before, around[1].before, around[2].before))
  }
}
