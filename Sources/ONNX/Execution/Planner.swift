internal import Engine

/// Turns a graph's nodes into steps: convolutions with their normalizations and activations, poolings
/// and products with constant matrices become layers of the engine.
struct Planner {
  /// The graph, without the weights that layers have taken.
  var graph: Graph
  /// The nodes that read each value.
  private var readers: [Int: [Int]] = [:]
  /// Whether each node is part of a step.
  var isDone: [Bool]

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
    var steps: [Step?] = []
    // The places in `steps` of what can add, by what it makes.
    var adders: [Int: Int] = [:]
    for (index, node) in graph.nodes.enumerated() where !isDone[index] {
      if let (step, place) = sum(node, steps, adders) {
        steps[place] = nil
        steps.append(step)
        continue
      }
      let step = step(for: node, at: index)
      if step.canAdd, let output = step.node.outputs[0] { adders[output] = steps.count }
      steps.append(step)
    }
    return steps.compactMap(\.self)
  }

  /// An addition, as the end of the convolution or product that is the last to make one of its operands, and
  /// the place of that one.
  private mutating func sum(
    _ node: Node, _ steps: [Step?], _ adders: [Int: Int]
  ) -> (Step, place: Int)? {
    guard node.operation == "Add", node.inputs.count == 2, node.inputs[0] != node.inputs[1],
      node.inputs.allSatisfy({ $0.map { graph.constants[$0] == nil } ?? false })
    else { return nil }
    let places = node.inputs.compactMap(\.self).filter { readers[$0]?.count == 1 }
      .compactMap { adders[$0] }
    guard let place = places.max(), let last = steps[place], let made = last.node.outputs[0],
      let other = node.inputs.first(where: { $0 != made })
    else { return nil }
    var (tail, outputs) = (Tail(addition: node), node.outputs)
    if let (next, place) = only(readerOf: node), let known = Planner.activation(next) {
      isDone[place] = true
      (tail.activation, outputs) = (known, next.outputs)
    }
    let merged = Node(
      name: last.node.name, operation: last.node.operation, inputs: [last.node.inputs[0], other],
      outputs: outputs, attributes: last.node.attributes)
    switch last {
    case .convolution(_, let layer, let weight, _):
      return (.convolution(merged, layer, weight: weight, tail), place)
    case .product(_, let layer, let inputs, let isTurned, _):
      return (.product(merged, layer, inputs: inputs, isTurned: isTurned, tail), place)
    default: return nil
    }
  }

  private mutating func step(for node: Node, at index: Int) -> Step {
    let call = OperatorCall(
      node: node, opset: graph.opset, inputs: node.inputs.map { $0.flatMap { graph.constants[$0] } }
    )
    switch node.operation {
    case "Conv":
      return convolution(node, call) ?? volumeConvolution(node, call) ?? .node(node)
    case "MaxPool":
      return pooling(node, call, takesLargest: true) ?? volumePooling(
        node, call, takesLargest: true)
        ?? .node(node)
    case "AveragePool":
      return pooling(node, call, takesLargest: false)
        ?? volumePooling(node, call, takesLargest: false) ?? .node(node)
    case "BatchNormalization": return scaling(node) ?? .node(node)
    case "Gemm": return gemm(node, call) ?? .node(node)
    case "MatMul": return product(node, call) ?? .node(node)
    default: return .node(node)
    }
  }

  // MARK: Convolutions

  private mutating func convolution(_ node: Node, _ call: OperatorCall) -> Step? {
    guard let weight = call.optional(1), weight.type == .float32, weight.shape.count == 4,
      weight.shape[2] == weight.shape[3], weight.count > 0,
      node.inputs.count < 3 || node.inputs[2] == nil || call.optional(2) != nil,
      let window = square(call, kernel: Array(weight.shape[2...])),
      let groups = try? call.integer("group", default: 1), groups > 0,
      weight.shape[0] % groups == 0,
      let filters = filters(node, weight, bias: call.optional(2), Planner.activation)
    else { return nil }
    let layer = Conv2D(
      kernel: filters.weights, bias: filters.bias, stride: window.stride,
      padding: .even(window.padding), dilation: window.dilation, groups: groups)
    return .convolution(
      merged(node, filters), EngineConvolution(layer, outputs: weight.shape[0]),
      weight: weight.shape, Tail(activation: filters.activation))
  }

  /// A convolution over clips.
  private mutating func volumeConvolution(_ node: Node, _ call: OperatorCall) -> Step? {
    guard let weight = call.optional(1), weight.type == .float32, weight.shape.count == 5,
      weight.count > 0, (try? call.integer("group", default: 1)) == 1,
      node.inputs.count < 3 || node.inputs[2] == nil || call.optional(2) != nil,
      let window = cube(call, kernel: Array(weight.shape[2...])),
      let filters = filters(node, weight, bias: call.optional(2), Planner.slope)
    else { return nil }
    let settings = LayerOperation.Convolution3D(
      inputs: weight.shape[1], outputs: weight.shape[0], kernel: window.kernel,
      stride: window.stride, padding: window.padding, activation: filters.activation)
    guard settings.fitsDirect else {
      filters.places.forEach { isDone[$0] = false }
      return nil
    }
    let layer = Conv3D(
      kernel: filters.weights, bias: filters.bias, stride: window.stride, padding: window.padding,
      activation: filters.activation)
    return .layer(merged(node, filters), EngineLayer(layer), weight: weight.shape)
  }

  /// A convolution's weights, with the normalization and the activation behind it.
  private struct Filters {
    var weights: Tensor
    var bias: Tensor?
    var activation = Activation.identity
    /// The last node that is merged.
    var last: Node
    /// The places of the merged nodes.
    var places: [Int] = []
  }

  private mutating func filters(
    _ node: Node, _ weight: Value, bias: Value?, _ activation: (Node) -> Activation?
  ) -> Filters? {
    let outputs = weight.shape[0]
    var filters = Filters(weights: weight.tensor, bias: bias?.tensor, last: node)
    guard filters.bias?.count ?? outputs == outputs else { return nil }
    if let (next, place) = only(readerOf: node), next.operation == "BatchNormalization",
      let merged = normalization(next, outputs)
    {
      let size = weight.count / outputs
      filters.weights.write { values in
        for index in values.indices { values[index] *= merged.scale[index / size] }
      }
      let old = filters.bias?.values
      filters.bias = Tensor(
        shape: [outputs],
        values: (0..<outputs).map { (old?[$0] ?? 0) * merged.scale[$0] + merged.shift[$0] })
      filters.places.append(place)
      filters.last = next
    }
    if let (next, place) = only(readerOf: filters.last), let known = activation(next) {
      filters.activation = known
      filters.places.append(place)
      filters.last = next
    }
    filters.places.forEach { isDone[$0] = true }
    return filters
  }

  /// The node of all that a layer computes, which has taken the weights.
  private mutating func merged(_ node: Node, _ filters: Filters) -> Node {
    release(node.inputs[1], node.inputs.count > 2 ? node.inputs[2] : nil)
    return Node(
      name: node.name, operation: node.operation, inputs: [node.inputs[0]],
      outputs: filters.last.outputs, attributes: node.attributes)
  }

  /// A normalization by running statistics on its own, with the activation behind it.
  private mutating func scaling(_ node: Node) -> Step? {
    guard let gain = node.inputs.count == 5 ? node.inputs[1].flatMap({ graph.constants[$0] }) : nil,
      gain.shape.count == 1, gain.type == .float32, let merged = normalization(node, gain.count)
    else { return nil }
    var (activation, last) = (Activation.identity, node)
    if let (next, place) = only(readerOf: node), let known = Planner.slope(next) {
      isDone[place] = true
      (activation, last) = (known, next)
    }
    func tensor(_ values: [Float]) -> Tensor { Tensor(shape: [values.count], values: values) }
    let step = Node(
      name: node.name, operation: node.operation, inputs: node.inputs, outputs: last.outputs,
      attributes: node.attributes)
    return .scale(
      step, scale: tensor(merged.scale), shift: tensor(merged.shift), activation)
  }

  /// Lets constants go that a layer has taken and no other node reads.
  mutating func release(_ values: Int?...) {
    for value in values.compactMap(\.self) where readers[value]?.count == 1 {
      graph.constants[value] = nil
    }
  }

  /// The only node that reads what `node` makes, with its place.
  func only(readerOf node: Node) -> (Node, Int)? {
    guard let (next, place) = sole(readerOf: node), next.inputs[0] == node.outputs[0] else {
      return nil
    }
    return (next, place)
  }

  /// The same, whichever of its inputs that is.
  func sole(readerOf node: Node) -> (Node, Int)? {
    guard let output = node.outputs.first ?? nil,
      node.outputs.dropFirst().allSatisfy({ $0 == nil }),
      let places = readers[output], places.count == 1, places[0] >= 0
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

  /// The activations that ride on a convolution or product.
  static func activation(_ node: Node) -> Activation? {
    if let slope = slope(node) { return slope }
    let call = OperatorCall(node: node, opset: 0, inputs: [])
    switch node.operation {
    case "Sigmoid": return .sigmoid
    case "Tanh": return .tanh
    case "Gelu":
      return (try? call.text("approximate", default: "none")) == "none" ? .gelu : nil
    case "Swish": return (try? call.real("alpha", default: 1)) == 1 ? .silu : nil
    default: return nil
    }
  }

  /// Those of them that only change the slope below zero.
  private static func slope(_ node: Node) -> Activation? {
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

  // MARK: Pooling

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

  private func volumePooling(_ node: Node, _ call: OperatorCall, takesLargest: Bool) -> Step? {
    guard node.outputs.count == 1, (try? call.flag("ceil_mode")) == false,
      let kernel = try? call.integers("kernel_shape"), kernel.count == 3,
      let window = cube(call, kernel: kernel)
    else { return nil }
    if takesLargest {
      return .layer(
        node,
        EngineLayer(MaxPool3D(window.kernel, stride: window.stride, padding: window.padding)))
    }
    guard window.padding == .even(0) || (try? call.flag("count_include_pad")) == true else {
      return nil
    }
    return .layer(
      node,
      EngineLayer(AveragePool3D(window.kernel, stride: window.stride, padding: window.padding)))
  }

  /// The attributes of windows over clips that are alike along rows and columns.
  private func cube(_ call: OperatorCall, kernel: [Int]) -> VolumeWindow? {
    guard let window = try? WindowAttributes(call, rank: 3, kernel: kernel), window.same == nil,
      window.dilations == [1, 1, 1], window.kernel[1] == window.kernel[2],
      window.strides[1] == window.strides[2],
      Array(window.pads[..<3]) == Array(window.pads[3...]), window.pads[1] == window.pads[2],
      window.pads[0] < window.kernel[0], window.pads[1] < window.kernel[1]
    else { return nil }
    return VolumeWindow(
      kernel: VolumeSize(frames: window.kernel[0], side: window.kernel[1]),
      stride: VolumeSize(frames: window.strides[0], side: window.strides[1]),
      padding: .even(VolumeSize(frames: window.pads[0], side: window.pads[1])))
  }
}
