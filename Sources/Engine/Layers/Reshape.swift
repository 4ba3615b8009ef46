/// Reshapes each image, keeping the order of the values and the batch dimension.
public struct Reshape: Layer {
  /// The shape of one image, without the batch.
  public let shape: [Int]

  /// - Parameter shape: as `[H, W, C]`.
  public init(_ shape: [Int]) {
    self.shape = shape
  }

  /// The shape.
  public var node: LayerNode { LayerNode(.reshape(shape)) }

  /// The same values; nothing is copied.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    saved.push(shape: x.shape)
    return x.reshaped(to: [x.shape[0]] + shape)
  }

  /// Restores the original shape.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    dy.reshaped(to: saved.popShape())
  }
}

/// Flattens each image: `[N, H, W, C]` to `[N, H · W · C]`.
///
/// The values keep their order: pixel by pixel, channels together. PyTorch's `[N, C, H, W]`
/// flattens channel by channel.
public struct Flatten: Layer {
  /// Has no settings.
  public init() {}

  /// A leaf without attributes.
  public var node: LayerNode { LayerNode(.flatten) }

  /// The same values; nothing is copied.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    saved.push(shape: x.shape)
    return x.reshaped(to: [x.shape[0], x.shape.dropFirst().reduce(1, *)])
  }

  /// Restores the original shape.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    dy.reshaped(to: saved.popShape())
  }
}
