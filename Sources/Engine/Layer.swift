/// One differentiable step of a network.
///
/// Shapes are written `[N, H, W, C]`: images in the batch, rows, columns, channels.
/// A layer keeps nothing between calls but its parameters, so one encoder may
/// serve two faces in one step.
public protocol Layer {
  /// What the optimizer may change, in a fixed order: checkpoints rely on it.
  var parameters: [NamedParameter] { get }

  /// Computes the output, saving what `backward` will need.
  func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor

  /// Turns the gradient of the loss at the output into the one at the input,
  /// and *adds* each parameter's share to its `gradient`.
  func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor

  /// What computes the same in inference, with fewer passes over memory and no way back.
  ///
  /// Weights that are changed are copied, the others shared: make it anew after training.
  var forInference: any Layer { get }
}

extension Layer {
  public var parameters: [NamedParameter] { [] }

  /// Itself.
  public var forInference: any Layer { self }

  /// The output alone, with nothing saved.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    var saved = Saved(.inference)
    return forward(x, saving: &saved)
  }
}
