internal import Engine

/// Turns a graph's nodes into steps: convolutions with their normalizations and activations, poolings
/// and products with constant matrices become layers of the engine.
struct Planner {
  private let graph: Graph
  /// The nodes that read each value.
  private var readers: [Int: [Int]] = [:]
  private var isDone: [Bool]

  init(_ graph: Graph) {
    self.graph = graph
    isDone = [Bool](repeating: false, count: graph.nodes.count)
    for (index, node) in graph.nodes.enumerated() {
      for input in node.inputs.compactMap(\.self) { readers[input, default: []].append(index) }
    }
    // An output of the graph is read from outside.
    for output in graph.outputs { readers[output.value, default: []].append(-1) }
  }

  /// The steps, in order.
  mutating func steps() -> [Step] {
    var steps: [Step] = []
    for (index, node) in graph.nodes.enumerated() where !isDone[index] {
      steps.append(step(for: node, at: index))
    }
    return steps
  }

  private mutating func step(for node: Node, at index: Int) -> Step {
    let call = OperatorCall(
      node: node, opset: graph.opset, inputs: node.inputs.map { $0.flatMap { graph.constants[$0] } }
    )
    switch node.operation {
    case "Conv": return convolution(node, call, at: index) ?? .node(node)
    case "MaxPool": return pooling(node, call, takesLargest: true) ?? .node(node)
    case "AveragePool": return pooling(node, call, takesLargest: false) ?? .node(node)
    case "Gemm": return gemm(node, call) ?? .node(node)
    case "MatMul": return product(node, call) ?? .node(node)
    default: return .node(node)
    }
  }

  // MARK: Convolutions

  private mutating func convolution(_ node: Node, _ call: OperatorCall, at index: Int) -> Step? {
    guard let weight = call.optional(1), weight.type == .float32, weight.shape.count == 4,
      weight.shape[2] == weight.shape[3], weight.count > 0,
      node.inputs.count < 3 || node.inputs[2] == nil || call.optional(2) != nil,
      let window = square(call, kernel: Array(weight.shape[2...])),
      let groups = try? call.integer("group", default: 1), groups > 0,
      weight.shape[0] % groups == 0
    else { return nil }
    let (outputs, inputs) = (weight.shape[0], weight.shape[1] * groups)
    var weights = weight.tensor
    var bias = call.optional(2)?.tensor.values
    guard bias?.count ?? outputs == outputs else { return nil }
    var last = node
    if let (next, place) = only(readerOf: last), next.operation == "BatchNormalization",
      let merged = normalization(next, outputs)
    {
      let size = weights.count / outputs
      weights.write { values in
        for index in values.indices { values[index] *= merged.scale[index / size] }
      }
      bias = (0..<outputs).map { (bias?[$0] ?? 0) * merged.scale[$0] + merged.shift[$0] }
      isDone[place] = true
      last = next
    }
    var activation = Activation.identity
    if let (next, place) = only(readerOf: last), let known = Planner.activation(next) {
      activation = known
      isDone[place] = true
      last = next
    }
    var randomness = RandomSource(seed: 0)
    let layer = Conv2D(
      inputs: inputs, outputs: outputs, kernel: weight.shape[2], stride: window.stride,
      padding: .even(window.padding), dilation: window.dilation, groups: groups,
      activation: activation, randomness: &randomness)
    layer.node["weight"]?.plain = weights
    if let bias { layer.node["bias"]?.plain = Tensor(shape: [outputs], values: bias) }
    let merged = Node(
      name: node.name, operation: node.operation, inputs: [node.inputs[0], node.inputs[1]],
      outputs: last.outputs, attributes: node.attributes)
    return .layer(merged, EngineLayer(layer))
  }

  /// The only node that reads what `node` makes, with its place.
  private func only(readerOf node: Node) -> (Node, Int)? {
    guard node.outputs.count == 1, let output = node.outputs[0],
      let places = readers[output], places.count == 1, places[0] >= 0,
      graph.nodes[places[0]].inputs[0] == output
    else { return nil }
    return (graph.nodes[places[0]], places[0])
  }

  /// The factors and constants of a normalization by running statistics.
  private func normalization(
    _ node: Node, _ channels: Int
  ) -> (scale: [Float], shift: [Float])? {
    let call = OperatorCall(node: node, opset: graph.opset, inputs: [])
    let values = node.inputs.dropFirst().compactMap { $0.flatMap { graph.constants[$0] } }
    guard node.outputs.count == 1, values.count == 4,
      values.allSatisfy({ $0.shape == [channels] }),
      (try? call.flag("training_mode")) == false,
      let epsilon = try? call.real("epsilon", default: 1e-5)
    else { return nil }
    let numbers = values.map(\.doubles)
    let scale = (0..<channels).map { numbers[0][$0] / (numbers[3][$0] + epsilon).squareRoot() }
    return (
      scale.map { Float($0) },
      (0..<channels).map { Float(numbers[1][$0] - numbers[2][$0] * scale[$0]) }
    )
  }

  /// The activations that ride on a convolution.
  private static func activation(_ node: Node) -> Activation? {
    switch node.operation {
    case "Relu": return .relu
    case "LeakyRelu":
      guard case .real(let slope) = node.attributes["alpha"] ?? .real(0.01), slope >= 0 else {
        return nil
      }
      return .leakyReLU(Float(slope))
    default: return nil
    }
  }

  // MARK: Pooling and products

  private func pooling(_ node: Node, _ call: OperatorCall, takesLargest: Bool) -> Step? {
    guard node.outputs.count == 1, (try? call.flag("ceil_mode")) == false,
      let kernel = try? call.integers("kernel_shape"), kernel.count == 2, kernel[0] == kernel[1],
      let window = square(call, kernel: kernel), window.dilation == 1,
      window.padding <= kernel[0] / 2
    else { return nil }
    if takesLargest {
      return .layer(
        node, EngineLayer(MaxPool(kernel[0], stride: window.stride, padding: window.padding)))
    }
    guard window.padding == 0 || (try? call.flag("count_include_pad")) == true else { return nil }
    return .layer(
      node, EngineLayer(AveragePool(kernel[0], stride: window.stride, padding: window.padding)))
  }

  /// The attributes of windows that are alike along rows and columns.
  private func square(
    _ call: OperatorCall, kernel: [Int]
  ) -> (stride: Int, dilation: Int, padding: Int)? {
    guard let window = try? WindowAttributes(call, rank: 2, kernel: kernel), window.same == nil,
      window.strides[0] == window.strides[1], window.dilations[0] == window.dilations[1],
      Set(window.pads).count == 1
    else { return nil }
    return (window.strides[0], window.dilations[0], window.pads[0])
  }

  private func gemm(_ node: Node, _ call: OperatorCall) -> Step? {
    guard let weight = call.optional(1), weight.shape.count == 2,
      let turns = try? call.flag("transB"), (try? call.flag("transA")) == false,
      (try? call.real("alpha", default: 1)) == 1, (try? call.real("beta", default: 1)) == 1
    else { return nil }
    let plain = turns ? weight : ShapeOperators.transposed(weight, [1, 0])
    guard node.inputs.count == 3, node.inputs[2] != nil else { return dense(node, plain, nil) }
    guard let bias = call.optional(2), bias.shape == [plain.shape[0]] else { return nil }
    return dense(node, plain, bias)
  }

  private func product(_ node: Node, _ call: OperatorCall) -> Step? {
    guard let weight = call.optional(1), weight.shape.count == 2 else { return nil }
    return dense(node, ShapeOperators.transposed(weight, [1, 0]), nil)
  }

  private func dense(_ node: Node, _ weight: Value, _ bias: Value?) -> Step? {
    guard weight.type == .float32, weight.count > 0 else { return nil }
    var randomness = RandomSource(seed: 0)
    let layer = Dense(
      inputs: weight.shape[1], outputs: weight.shape[0], randomness: &randomness)
    layer.node["weight"]?.plain = weight.tensor
    if let bias { layer.node["bias"]?.plain = bias.tensor }
    let merged = Node(
      name: node.name, operation: node.operation, inputs: [node.inputs[0]], outputs: node.outputs,
      attributes: node.attributes)
    return .dense(merged, EngineLayer(layer), inputs: weight.shape[1])
  }
}
