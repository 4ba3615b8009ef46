/// The cost of each layer of a network.
public final class LayerProfile {
  /// The cost of one layer, summed over all passes.
  public struct Cost {
    /// The layer's path in the tree.
    public let name: String
    /// The shape of the last pass's output.
    public fileprivate(set) var output: [Int] = []
    /// Multiply-adds, over all forward passes.
    public fileprivate(set) var multiplyAdds = 0
    /// Seconds of the forward passes.
    public fileprivate(set) var forward = 0.0
    /// Seconds of the backward passes.
    public fileprivate(set) var backward = 0.0
  }

  /// The layers in order of the forward pass.
  public private(set) var costs: [Cost] = []

  /// A profile without any pass.
  public init() {}

  /// Resets all costs.
  public func clear() {
    for index in costs.indices { costs[index] = Cost(name: costs[index].name) }
  }

  /// A tree equivalent to `layer` that records the cost of each of its parts here.
  ///
  /// Combinations are descended into; everything else is one part.
  public func watching(_ layer: any Layer, as name: String) -> any Layer {
    let node = layer.node
    if node.operation == .activation(.identity) { return layer }
    let parts = node.recombined { watching($1, as: LayerNode.path(name, $0)) }
    if let parts { return parts }
    costs.append(Cost(name: name))
    return Profiled(layer: layer, profile: self, index: costs.count - 1)
  }

  fileprivate func note(_ index: Int, forward: Duration, _ layer: any Layer, input: [Int]) {
    costs[index].output = layer.walk(input) { costs[index].multiplyAdds += $0.ownMultiplyAdds }
    costs[index].forward += forward / .seconds(1)
  }

  fileprivate func note(_ index: Int, backward: Duration) {
    costs[index].backward += backward / .seconds(1)
  }
}

/// A layer whose passes are timed.
private struct Profiled: Layer {
  let layer: any Layer
  let profile: LayerProfile
  let index: Int

  var node: LayerNode { layer.node }

  func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    let start = ContinuousClock.now
    let y = layer.forward(x, saving: &saved)
    profile.note(index, forward: start.duration(to: .now), layer, input: x.shape)
    return y
  }

  func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let start = ContinuousClock.now
    let dx = layer.backward(dy, from: &saved)
    profile.note(index, backward: start.duration(to: .now))
    return dx
  }
}
