/// One differentiable step of a network.
///
/// Shapes are written `[N, H, W, C]`: images in the batch, rows, columns, channels.
/// A layer keeps no state between calls except its parameters, so one encoder may serve two
/// faces in one step.
public protocol Layer {
  /// The layer as a node of the network's tree: its operation, its parameters, its children.
  var node: LayerNode { get }

  /// Computes the output, saving what `backward` will need.
  func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor

  /// Converts the gradient of the loss at the output to the gradient at the input, and *adds* to
  /// each parameter's `gradient`.
  func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor
}

extension Layer {
  /// The parameters of the whole tree under their paths, in a fixed order: checkpoints rely on it.
  public var parameters: [NamedParameter] {
    let node = node
    return node.children.flatMap { $0.layer.parameters.under($0.name) } + node.ownParameters
  }

  /// The output, with nothing saved; products run on the processor's tiles where it has some.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    Kernels.withTiles {
      var saved = Saved(.inference)
      return forward(x, saving: &saved)
    }
  }
}
