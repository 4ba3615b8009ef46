/// What a body adds to its input: y = shortcut(x) + body(x).
public struct Residual: Layer {
  /// The layer beside the shortcut.
  public let body: any Layer
  /// What the input goes through; itself, unless the body changes the shape.
  public let shortcut: any Layer

  /// - Parameter body: gives the shape of the shortcut.
  public init(_ body: any Layer, shortcut: any Layer = Activate(.identity)) {
    self.body = body
    self.shortcut = shortcut
  }

  /// A chain of layers beside the shortcut.
  public init(_ layers: [any Layer]) {
    self.init(Sequential(layers))
  }

  /// The body's, under "body", and the shortcut's, under "shortcut".
  public var parameters: [NamedParameter] {
    body.parameters.under("body") + shortcut.parameters.under("shortcut")
  }

  /// shortcut(x) + body(x).
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    let sum = body.forward(x, saving: &saved)
    return Kernels.sum(shortcut.forward(x, saving: &saved), sum)
  }

  /// Both ways' gradients, added.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let dx = shortcut.backward(dy, from: &saved)
    return Kernels.sum(dx, body.backward(dy, from: &saved))
  }

  /// The same of both ways.
  public var forInference: any Layer {
    Residual(body.forInference, shortcut: shortcut.forInference)
  }
}
