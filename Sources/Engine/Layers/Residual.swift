/// What a body adds to its input: y = x + body(x), of one shape.
public struct Residual: Layer {
  /// The layer beside the shortcut.
  public let body: any Layer

  /// - Parameter body: keeps the shape of its input.
  public init(_ body: any Layer) {
    self.body = body
  }

  /// A chain of layers beside the shortcut.
  public init(_ layers: [any Layer]) {
    self.init(Sequential(layers))
  }

  /// The body's, under "body".
  public var parameters: [NamedParameter] { body.parameters.under("body") }

  /// x + body(x).
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    Kernels.sum(x, body.forward(x, saving: &saved))
  }

  /// Both ways' gradients, added.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    Kernels.sum(dy, body.backward(dy, from: &saved))
  }
}
