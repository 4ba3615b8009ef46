internal import Engine

/// A step of a plan.
enum Step: Sendable {
  /// A node, by its operator's definition.
  case node(Node)
  /// A layer of the engine on pictures, with the node whose attributes say where its windows lie, and the
  /// shape of the weights that it has taken.
  case layer(Node, EngineLayer, weight: [Int]? = nil)
  /// A convolution of the first input, and what follows it.
  case convolution(Node, EngineConvolution, weight: [Int], Tail)
  /// A product of the first input with a constant matrix, `[..., I]` to `[..., O]`, and what follows it. If it
  /// is turned, `[N, H, W, I]` becomes what the graph knows as `[N, O, H, W]`.
  case product(Node, EngineConvolution, inputs: Int, isTurned: Bool, Tail)
  /// Pictures times a number for each channel plus another, and an activation: normalization by running
  /// statistics.
  case scale(Node, scale: Tensor, shift: Tensor, Activation)

  /// What is read and written.
  var node: Node {
    switch self {
    case .node(let node), .layer(let node, _, _), .convolution(let node, _, _, _),
      .product(let node, _, _, _, _), .scale(let node, _, _, _):
      node
    }
  }

  /// Whether something can be added in the same pass: not yet, and no activation comes before.
  var canAdd: Bool {
    switch self {
    case .convolution(_, _, _, let tail), .product(_, _, _, _, let tail):
      tail.activation == .identity && tail.addition == nil
    default: false
    }
  }
}

/// What follows a product in the same pass over memory.
struct Tail: Sendable {
  /// The last function.
  var activation = Activation.identity
  /// The node that adds the second input first, for values that do not have the product's shape.
  var addition: Node?
}

/// A layer of the engine, whose weights change no more: any number of threads may use it.
struct EngineLayer: @unchecked Sendable {
  private let layer: any Layer

  init(_ layer: any Layer) { self.layer = layer }

  func callAsFunction(_ x: Tensor) -> Tensor { layer(x) }

  func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    layer.forward(x, saving: &saved)
  }

  /// The gradient at the input; weights are constants.
  func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    layer.backward(dy, from: &saved)
  }
}

/// A convolution of the engine without an activation of its own, whose weights change no more.
struct EngineConvolution: @unchecked Sendable {
  private let layer: Conv2D
  /// The channels that it makes.
  let outputs: Int

  init(_ layer: Conv2D, outputs: Int) { (self.layer, self.outputs) = (layer, outputs) }

  /// activation(layer(x) + addend).
  func callAsFunction(_ x: Tensor, adding addend: Tensor?, _ activation: Activation) -> Tensor {
    layer(x, adding: addend, activation)
  }

  func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    layer.forward(x, saving: &saved)
  }

  /// The gradient at the input; weights are constants.
  func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    layer.backward(dy, from: &saved)
  }
}
