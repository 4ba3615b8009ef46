extension Layer {
  /// An equivalent tree for inference, with fewer passes over memory and no backward pass.
  ///
  /// Along each chain, a batch normalization is folded into the linear convolution before it.
  /// Modified weights are copied, others are shared: create it again after training.
  public var forInference: any Layer {
    let node = node
    guard node.operation == .chain else {
      return node.recombined { $1.forInference } ?? self
    }
    var folded: [(name: String, layer: any Layer)] = []
    for child in node.children {
      let layer = child.layer.forInference
      if let last = folded.last,
        let merged = merged(last.layer.node, normalizedBy: layer.node)
      {
        folded[folded.count - 1].layer = merged
      } else {
        folded.append((child.name, layer))
      }
    }
    return Sequential(children: folded)
  }

  private func merged(_ convolution: LayerNode, normalizedBy norm: LayerNode) -> (any Layer)? {
    Conv2D(convolution, normalizedBy: norm) as (any Layer)?
      ?? Conv3D(convolution, normalizedBy: norm)
  }
}
