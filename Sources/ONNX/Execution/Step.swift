internal import Engine

/// A step of a plan.
enum Step: Sendable {
  /// A node, by its operator's definition.
  case node(Node)
  /// A layer of the engine on pictures, with the node whose attributes say where its windows lie, and the
  /// shape of the weights that it has taken.
  case layer(Node, EngineLayer, weight: [Int]? = nil)
  /// Pictures times a number for each channel plus another, and an activation: normalization by running
  /// statistics.
  case scale(Node, scale: Tensor, shift: Tensor, Activation)
  /// A product with a constant matrix, `[..., I]` to `[..., O]`.
  case dense(Node, EngineLayer, inputs: Int)

  /// What is read and written.
  var node: Node {
    switch self {
    case .node(let node), .layer(let node, _, _), .scale(let node, _, _, _), .dense(let node, _, _):
      node
    }
  }
}

/// A layer of the engine, whose weights change no more: any number of threads may use it.
struct EngineLayer: @unchecked Sendable {
  private let layer: any Layer

  init(_ layer: any Layer) { self.layer = layer }

  func callAsFunction(_ x: Tensor) -> Tensor { layer(x) }
}
