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

  /// A sum of "body" and "shortcut".
  public var node: LayerNode {
    LayerNode(.sum, children: [("body", body), ("shortcut", shortcut)])
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
}
