/// One differentiable step of a network.
///
/// Shapes are written `[N, H, W, C]`: images in the batch, rows, columns, channels.
/// A layer keeps no state between calls except its parameters, so one encoder may serve two
/// faces in one step.
public protocol Layer {
  /// The parameters in a fixed order, which checkpoints rely on.
  var parameters: [NamedParameter] { get }

  /// Computes the output, saving what `backward` will need.
  func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor

  /// Converts the gradient of the loss at the output to the gradient at the input, and *adds* to
  /// each parameter's `gradient`.
  func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor

  /// An equivalent layer for inference, with fewer passes over memory and no backward pass.
  ///
  /// Modified weights are copied, others are shared: create it again after training.
  var forInference: any Layer { get }
}

extension Layer {
  public var parameters: [NamedParameter] { [] }

  /// Itself.
  public var forInference: any Layer { self }

  /// The output, with nothing saved.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    var saved = Saved(.inference)
    return forward(x, saving: &saved)
  }
}
