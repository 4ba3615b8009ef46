/// The cost of each layer of a network.
public final class LayerProfile {
  /// The cost of one layer, summed over all passes.
  public struct Cost {
    /// The layer's path in the tree.
    public let name: String
    /// The output shape for a batch.
    public fileprivate(set) var output: [Int] = []
    /// Multiply-adds, over all forward passes.
    public fileprivate(set) var multiplyAdds = 0
    /// Seconds of the forward passes.
    public fileprivate(set) var forward = 0.0
    /// Seconds of the backward passes.
    public fileprivate(set) var backward = 0.0
  }

  /// The layers in order of first execution.
  public private(set) var costs: [Cost] = []

  /// A profile without any pass.
  public init() {}

  /// Resets all costs.
  public func clear() {
    for index in costs.indices { costs[index] = Cost(name: costs[index].name) }
  }

  /// A tree equivalent to `layer` that records the cost of each of its leaves here.
  ///
  /// Chains and residual blocks are descended into; everything else is a leaf.
  public func watching(_ layer: any Layer, as name: String) -> any Layer {
    if let chain = layer as? Sequential {
      return Sequential(chain.children.map { watching($0.layer, as: "\(name).\($0.name)") })
    }
    if let residual = layer as? Residual {
      return Residual(
        watching(residual.body, as: "\(name).body"),
        shortcut: residual.shortcut.parameters.isEmpty
          ? residual.shortcut : watching(residual.shortcut, as: "\(name).shortcut"))
    }
    costs.append(Cost(name: name))
    return Profiled(layer: layer, profile: self, index: costs.count - 1)
  }

  fileprivate func note(_ index: Int, forward: Duration, _ layer: any Layer, output: Tensor) {
    // A gate sees each image once.
    let places =
      layer is SqueezeExcite ? output.shape[0] : output.shape.dropLast().reduce(1, *)
    let weights = layer.parameters.map(\.parameter.plainShape).filter { $0.count > 1 }
    costs[index].output = output.shape
    costs[index].multiplyAdds += places * weights.reduce(0) { $0 + $1.reduce(1, *) }
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

  var parameters: [NamedParameter] { layer.parameters }

  func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    let start = ContinuousClock.now
    let y = layer.forward(x, saving: &saved)
    profile.note(index, forward: start.duration(to: .now), layer, output: y)
    return y
  }

  func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let start = ContinuousClock.now
    let dx = layer.backward(dy, from: &saved)
    profile.note(index, backward: start.duration(to: .now))
    return dx
  }
}
