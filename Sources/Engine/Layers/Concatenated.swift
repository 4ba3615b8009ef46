/// Several branches on one input, with outputs concatenated along the channels.
///
/// After a common trunk, this is also a network with several heads; `Activate(.identity)` is a
/// branch that passes its input through.
public struct Concatenated: Layer {
  /// The branches in the order of their channels, with the names used in parameter paths.
  public let branches: [(name: String, layer: any Layer)]

  /// Branches with names that are not known beforehand; two or more.
  public init(children: [(name: String, layer: any Layer)]) {
    precondition(children.count > 1, "\(children.count) branches to join")
    branches = children
  }

  /// Branches named "0", "1" and so on; at least two.
  public init(_ branches: [any Layer]) {
    self.init(children: branches.enumerated().map { (String($0.offset), $0.element) })
  }

  /// Named branches; at least two.
  public init(_ branches: KeyValuePairs<String, any Layer>) {
    self.init(children: branches.map { ($0.key, $0.value) })
  }

  /// A concatenation of the branches.
  public var node: LayerNode { LayerNode(.concatenation, children: branches) }

  /// `[..., C0 + C1 + ...]`, in the precision of the first branch.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    let parts = branches.map { $0.layer.forward(x, saving: &saved) }
    saved.push(shape: parts.map(\.rowLength))
    return Kernels.joined(parts)
  }

  /// The sum of the branches' gradients.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let widths = saved.popShape()
    var end = dy.rowLength
    var dx: Tensor?
    for (branch, width) in zip(branches, widths).reversed() {
      end -= width
      let part = branch.layer.backward(
        Kernels.columns(end, width: width, of: dy), from: &saved)
      dx = dx.map { Kernels.sum($0, part) } ?? part
    }
    return dx ?? dy
  }
}
