/// The largest value in each window: `[N, T, H, W, C]` to `[N, T', H', W', C]`.
public struct MaxPool3D: Layer {
  private let window: VolumeWindow

  /// - Parameters:
  ///   - stride: from one window to the next; the kernel's size if nil.
  ///   - padding: what windows may cover beyond the volume, where there is nothing.
  public init(
    _ kernel: VolumeSize, stride: VolumeSize? = nil, padding: VolumePadding = .even(0)
  ) {
    window = VolumeWindow(kernel: kernel, stride: stride ?? kernel, padding: padding)
  }

  /// The window.
  public var node: LayerNode { LayerNode(.maxPool3D(window)) }

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

/// The mean of each window: `[N, T, H, W, C]` to `[N, T', H', W', C]`.
public struct AveragePool3D: Layer {
  private let window: VolumeWindow

  /// - Parameters:
  ///   - stride: from one window to the next; the kernel's size if nil.
  ///   - padding: zeros around the volume, which count in the mean.
  public init(
    _ kernel: VolumeSize, stride: VolumeSize? = nil, padding: VolumePadding = .even(0)
  ) {
    window = VolumeWindow(kernel: kernel, stride: stride ?? kernel, padding: padding)
  }

  /// The window.
  public var node: LayerNode { LayerNode(.averagePool3D(window)) }

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

/// One value for each channel of a sequence: `[N, T, ...]` to `[N, ...]`.
public struct TemporalPool: Layer {
  /// What is kept of the steps.
  public enum Kind: String, Equatable, Sendable {
    /// Their mean, or their largest value.
    case mean, max
    /// The first one, or the last.
    case first, last
  }

  /// What is kept of the steps.
  public let kind: Kind

  public init(_ kind: Kind) { self.kind = kind }

  /// The kind.
  public var node: LayerNode { LayerNode(.temporalPool(kind)) }

  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    let output = TemporalPool.output(of: x.shape)
    let volume = x.reshaped(to: TemporalPool.volume(x.shape))
    switch kind {
    case .mean, .first, .last: saved.push(shape: x.shape)
    case .max: saved.push(x)
    }
    switch kind {
    case .mean:
      return Kernels.averagePool(volume.converted(to: .float32), whole(x.shape))
        .converted(to: x.precision).reshaped(to: output)
    case .max:
      let y = Kernels.maxPool(volume.converted(to: .float32), whole(x.shape))
        .converted(to: x.precision).reshaped(to: output)
      saved.push(y)
      return y
    case .first, .last:
      let rest = output.dropFirst().reduce(1, *)
      let steps = x.reshaped(to: [x.shape[0], x.shape[1] * rest])
      let start = kind == .first ? 0 : (x.shape[1] - 1) * rest
      return Kernels.columns(start, width: rest, of: steps).reshaped(to: output)
    }
  }

  /// Distributes the gradient equally over the steps, or hands it to the first of the largest values
  /// or the step that was kept.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let wide = dy.converted(to: .float32)
    func pooled(_ shape: [Int]) -> Tensor {
      wide.reshaped(to: whole(shape).output(of: TemporalPool.volume(shape)))
    }
    switch kind {
    case .mean:
      let shape = saved.popShape()
      return Kernels.averagePoolBackward(
        pooled(shape), shape: TemporalPool.volume(shape), whole(shape)
      ).converted(to: dy.precision).reshaped(to: shape)
    case .max:
      let (y, x) = (saved.pop(), saved.pop())
      let volume = TemporalPool.volume(x.shape)
      let slope = pooled(x.shape)
      return Kernels.maxPoolBackward(
        slope, x: x.converted(to: .float32).reshaped(to: volume),
        y: y.converted(to: .float32).reshaped(to: slope.shape), whole(x.shape)
      ).converted(to: dy.precision).reshaped(to: x.shape)
    case .first, .last:
      let shape = saved.popShape()
      let step = dy.reshaped(to: [shape[0], dy.count / max(1, shape[0])])
      let start = kind == .first ? 0 : (shape[1] - 1) * step.rowLength
      return Kernels.placed(step, atColumn: start, of: shape[1] * step.rowLength)
        .reshaped(to: shape)
    }
  }

  /// The shape of the output.
  static func output(of shape: [Int]) -> [Int] {
    precondition(shape.count > 2 && shape[1] > 0, "pooling over time of \(shape)")
    return [shape[0]] + shape.dropFirst(2)
  }

  /// Everything but the steps as channels.
  private static func volume(_ shape: [Int]) -> [Int] {
    [shape[0], shape[1], 1, 1, shape.dropFirst(2).reduce(1, *)]
  }

  private func whole(_ shape: [Int]) -> VolumeWindow {
    VolumeWindow(kernel: VolumeSize(frames: shape[1], side: 1), stride: 1)
  }
}

/// The same layer for each frame: `[N, T, ...]` through a layer that takes `[N, ...]`.
///
/// Frames count as images of the batch, so that a batch normalization sees all of them.
public struct EachFrame: Layer {
  /// The layer.
  public let body: any Layer

  public init(_ body: any Layer) { self.body = body }

  /// The body.
  public var node: LayerNode { LayerNode(.frames, children: [("", body)]) }

  /// `[N, T, ...]`, of the body's output.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    let y = body.forward(x.reshaped(to: EachFrame.images(x.shape)), saving: &saved)
    saved.push(shape: x.shape)
    return y.reshaped(to: Array(x.shape.prefix(2) + y.shape.dropFirst()))
  }

  /// The gradients of all frames; empty where the body has none.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let shape = saved.popShape()
    let dx = body.backward(dy.reshaped(to: EachFrame.images(dy.shape)), from: &saved)
    return dx.count == 0 ? dx : dx.reshaped(to: shape)
  }

  /// The frames of all sequences, one after the other.
  static func images(_ shape: [Int]) -> [Int] {
    precondition(shape.count > 2, "frames of \(shape)")
    return [shape[0] * shape[1]] + shape.dropFirst(2)
  }
}
