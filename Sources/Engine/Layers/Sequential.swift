/// A chain of layers.
public struct Sequential: Layer {
  /// The layers in the order of the forward pass, with the names used in parameter paths.
  public let children: [(name: String, layer: any Layer)]

  /// Layers named "0", "1" and so on.
  public init(_ layers: [any Layer]) {
    children = layers.enumerated().map { (String($0.offset), $0.element) }
  }

  /// Named layers: `Sequential(["down": ..., "up": ...])`.
  public init(_ layers: KeyValuePairs<String, any Layer>) {
    children = layers.map { ($0.key, $0.value) }
  }

  /// Layers with computed names.
  public init(children: [(name: String, layer: any Layer)]) {
    self.children = children
  }

  /// A chain.
  public var node: LayerNode { LayerNode(.chain, children: children) }

  /// The output of the last layer.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    children.reduce(x) { $1.layer.forward($0, saving: &saved) }
  }

  /// The gradient at the input of the first layer.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    children.reversed().reduce(dy) { $1.layer.backward($0, from: &saved) }
  }
}
