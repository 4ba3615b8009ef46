internal import Engine

/// A step of a plan.
enum Step: Sendable {
  /// A node, by its operator's definition.
  case node(Node)
  /// A layer of the engine on pictures, with the node whose attributes say where its windows lie, and the
  /// shape of the weights that it has taken.
  case layer(Node, EngineLayer, weight: [Int]? = nil)
  /// A convolution of the first input, plus the second, and an activation; and the addition as a node of its
  /// own, for values that do not have the convolution's shape.
  case sum(Node, EngineLayer, weight: [Int], addition: Node, Activation)
  /// Pictures times a number for each channel plus another, and an activation: normalization by running
  /// statistics.
  case scale(Node, scale: Tensor, shift: Tensor, Activation)
  /// A product with a constant matrix, `[..., I]` to `[..., O]`.
  case dense(Node, EngineLayer, inputs: Int)

  /// What is read and written.
  var node: Node {
    switch self {
    case .node(let node), .layer(let node, _, _), .sum(let node, _, _, _, _),
      .scale(let node, _, _, _), .dense(let node, _, _):
      node
    }
  }
}

/// A layer of the engine, whose weights change no more: any number of threads may use it.
struct EngineLayer: @unchecked Sendable {
  private let layer: any Layer

  init(_ layer: any Layer) { self.layer = layer }

  func callAsFunction(_ x: Tensor) -> Tensor { layer(x) }

  /// Whether another tensor can be added in the same pass: those of convolutions of pictures without an
  /// activation.
  var canAdd: Bool {
    guard case .convolution(let settings) = layer.node.operation else { return false }
    return layer is Conv2D && settings.activation == .identity
  }

  /// activation(layer(x) + addend); nil unless it can add.
  func callAsFunction(_ x: Tensor, adding addend: Tensor, _ activation: Activation) -> Tensor? {
    (layer as? Conv2D)?(x, adding: addend, activation)
  }
}
