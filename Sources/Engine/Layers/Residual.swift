/// A residual connection: y = shortcut(x) + body(x).
public struct Residual: Layer {
  /// The layer beside the shortcut.
  public let body: any Layer
  /// The layer of the shortcut; the identity unless the body changes the shape.
  public let shortcut: any Layer

  /// - Parameter body: its output has the shape of the shortcut's.
  public init(_ body: any Layer, shortcut: any Layer = Activate(.identity)) {
    self.body = body
    self.shortcut = shortcut
  }

  /// A chain of layers beside the shortcut.
  public init(_ layers: [any Layer]) {
    self.init(Sequential(layers))
  }

  /// The parameters of the body under "body", those of the shortcut under "shortcut".
  public var parameters: [NamedParameter] {
    body.parameters.under("body") + shortcut.parameters.under("shortcut")
  }

  /// shortcut(x) + body(x).
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    let sum = body.forward(x, saving: &saved)
    return Kernels.sum(shortcut.forward(x, saving: &saved), sum)
  }

  /// The sum of both paths' gradients.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let dx = shortcut.backward(dy, from: &saved)
    return Kernels.sum(dx, body.backward(dy, from: &saved))
  }

  /// Both paths in their inference form.
  public var forInference: any Layer {
    Residual(body.forInference, shortcut: shortcut.forInference)
  }
}
