/// The description of a layer: a node of the network's tree.
///
/// Parameter paths, shapes, multiply-adds, profiles, inference folding and cuts are walks over
/// nodes. A walk switches over operations, never over the types of layers.
public struct LayerNode {
  /// The operation with its attributes.
  public let operation: LayerOperation
  /// The parameters of the layer itself, without those of its children.
  public let ownParameters: [NamedParameter]
  /// The inner layers, in the order of their parameters.
  ///
  /// A child with an empty name adds nothing to parameter paths.
  public let children: [(name: String, layer: any Layer)]

  /// A node; a leaf unless it has children.
  public init(
    _ operation: LayerOperation, parameters: [NamedParameter] = [],
    children: [(name: String, layer: any Layer)] = []
  ) {
    self.operation = operation
    ownParameters = parameters
    self.children = children
  }

  /// The layer's own parameter of this name.
  public subscript(parameter: String) -> Parameter? {
    ownParameters.first { $0.name == parameter }?.parameter
  }

  /// The same combination with each child replaced; nil for operations other than combinations.
  func recombined(
    _ change: (_ name: String, _ layer: any Layer) -> any Layer
  ) -> (any Layer)? {
    func changed(_ index: Int) -> any Layer { change(children[index].name, children[index].layer) }
    func all() -> [(name: String, layer: any Layer)] {
      children.indices.map { (children[$0].name, changed($0)) }
    }
    return switch operation {
    case .chain: Sequential(children: all())
    case .sum: Residual(changed(0), shortcut: changed(1))
    case .product: Gated(gate: changed(0), body: changed(1))
    case .concatenation: Concatenated(children: all())
    case .frames: EachFrame(changed(0))
    case .detached: Detached(changed(0))
    default: nil
    }
  }

  /// The path of a child, given the path of its parent.
  static func path(_ parent: String, _ child: String) -> String {
    parent.isEmpty ? child : child.isEmpty ? parent : "\(parent).\(child)"
  }
}
