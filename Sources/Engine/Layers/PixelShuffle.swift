/// Moves channels into pixels: `[N, H, W, C · f²]` to `[N, H · f, W · f, C]`.
///
/// The second half of sub-pixel convolution, Shi et al. 2016. Channel c · f² + i · f + j goes to
/// channel c at the offset (i, j), as in PyTorch.
public struct PixelShuffle: Layer {
  /// The factor by which rows and columns grow.
  public let factor: Int

  /// - Parameter factor: 1 or more; 2 is the fast one.
  public init(_ factor: Int) {
    precondition(factor > 0, "a pixel shuffle by \(factor)")
    self.factor = factor
  }

  /// The factor.
  public var node: LayerNode { LayerNode(.pixelShuffle(factor: factor)) }

  /// The rearranged values.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    precondition(
      x.shape.count == 4 && x.rowLength % (factor * factor) == 0,
      "a pixel shuffle by \(factor) of \(x.shape)")
    return Kernels.pixelShuffle(x, factor: factor)
  }

  /// The inverse rearrangement.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    Kernels.pixelUnshuffle(dy, factor: factor)
  }
}

/// Moves pixels into channels: `[N, H, W, C]` to `[N, H / f, W / f, C · f²]`.
///
/// The inverse of `PixelShuffle`, in PyTorch's order of channels.
public struct PixelUnshuffle: Layer {
  /// The factor by which rows and columns shrink.
  public let factor: Int

  /// - Parameter factor: 1 or more, a divisor of the height and the width; 2 is the fast one.
  public init(_ factor: Int) {
    precondition(factor > 0, "a pixel unshuffle by \(factor)")
    self.factor = factor
  }

  /// The factor.
  public var node: LayerNode { LayerNode(.pixelUnshuffle(factor: factor)) }

  /// The rearranged values.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    precondition(
      x.shape.count == 4 && x.shape[1] % factor == 0 && x.shape[2] % factor == 0,
      "a pixel unshuffle by \(factor) of \(x.shape)")
    return Kernels.pixelUnshuffle(x, factor: factor)
  }

  /// The inverse rearrangement.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    Kernels.pixelShuffle(dy, factor: factor)
  }
}
