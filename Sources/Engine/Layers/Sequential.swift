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

  /// The parameters of each layer, under its name.
  public var parameters: [NamedParameter] {
    children.flatMap { $0.layer.parameters.under($0.name) }
  }

  /// The output of the last layer.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    children.reduce(x) { $1.layer.forward($0, saving: &saved) }
  }

  /// The gradient at the input of the first layer.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    children.reversed().reduce(dy) { $1.layer.backward($0, from: &saved) }
  }

  /// The same chain with each normalization merged into the convolution before it.
  public var forInference: any Layer {
    var merged: [(name: String, layer: any Layer)] = []
    for (name, layer) in children {
      let layer = layer.forInference
      if let norm = layer as? BatchNorm, let last = merged.last,
        let convolution = last.layer as? Conv2D, convolution.isLinear
      {
        merged[merged.count - 1].layer = convolution.merged(with: norm)
      } else {
        merged.append((name, layer))
      }
    }
    return Sequential(children: merged)
  }
}
