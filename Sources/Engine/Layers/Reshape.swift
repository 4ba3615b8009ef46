/// Reshapes each image, keeping the order of the values and the batch dimension.
public struct Reshape: Layer {
  /// The shape of one image, without the batch.
  public let shape: [Int]

  /// - Parameter shape: as `[H, W, C]`.
  public init(_ shape: [Int]) {
    self.shape = shape
  }

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
