/// Applies an activation to each value; any shape.
public struct Activate: Layer {
  /// The function.
  public let activation: Activation

  /// - Parameter activation: the function; a leaky ReLU's slope is 0 or more.
  public init(_ activation: Activation) {
    if case .leakyReLU(let slope) = activation {
      precondition(slope >= 0, "a leaky ReLU with the slope \(slope)")
    }
    self.activation = activation
  }

  /// f(x), of x's shape and precision.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    guard activation != .identity else { return x }
    let y = Kernels.activate(x, activation)
    saved.push(keepsInput ? x : y)
    return y
  }

  /// dy · f'(x).
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    guard activation != .identity else { return dy }
    return Kernels.activateBackward(dy, kept: saved.pop(), activation)
  }

  /// Whether the derivative is computed from the input rather than from the output.
  private var keepsInput: Bool {
    switch activation {
    case .silu, .gelu: true
    case .identity, .leakyReLU, .relu, .sigmoid, .tanh: false
    }
  }
}
