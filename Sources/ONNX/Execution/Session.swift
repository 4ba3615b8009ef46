internal import Engine

/// A model that can be run.
///
/// Pictures keep the engine's order, `[N, H, W, C]`, from one step to the next as long as steps understand
/// it, and are converted where one does not.
public final class Session: Sendable {
  private let graph: Graph
  private let steps: [Step]
  /// The values that are not needed after each step.
  private let released: [[Int]]

  /// Reads and checks the model at `path`, and computes in advance what does not depend on inputs.
  public convenience init(path: String) throws(ONNXError) {
    try self.init(try ModelReader.graph(path: path))
  }

  init(_ graph: Graph) throws(ONNXError) {
    var graph = try graph.folded()
    var planner = Planner(graph)
    steps = planner.steps()
    var last: [Int: Int] = [:]
    for (index, step) in steps.enumerated() {
      for value in (step.node.inputs + step.node.outputs).compactMap(\.self) { last[value] = index }
    }
    let outputs = Set(graph.outputs.map(\.value))
    // The weights that layers have taken are let go.
    graph.constants = graph.constants.filter { last[$0.key] != nil || outputs.contains($0.key) }
    let kept = outputs.union(graph.constants.keys)
    var released = [[Int]](repeating: [], count: steps.count)
    for (value, index) in last where !kept.contains(value) { released[index].append(value) }
    self.released = released
    self.graph = graph
  }

  /// The names of the inputs.
  public var inputs: [String] { graph.inputs.map(\.name) }
  /// The names of the outputs.
  public var outputs: [String] { graph.outputs.map(\.name) }
  /// Texts that were stored with the model.
  public var metadata: [String: String] { graph.metadata }

  /// The values of the outputs, in order.
  ///
  /// - Parameter given: a value for each input.
  public func run(_ given: [String: Value]) throws(ONNXError) -> [Value] {
    var slots = [Slot?](repeating: nil, count: graph.valueCount)
    for input in graph.inputs {
      guard let value = given[input.name] else {
        throw .unsuitableInput(name: input.name, reason: "it is missing")
      }
      try input.check(value)
      slots[input.value] = Slot(value)
    }
    for (number, value) in graph.constants { slots[number] = Slot(value) }
    for (index, step) in steps.enumerated() {
      do throws(OperatorFault) {
        try run(step, &slots)
      } catch {
        throw error.error(at: step.node)
      }
      for value in released[index] { slots[value] = nil }
    }
    return try graph.outputs.throwingMap { output throws(ONNXError) in
      guard let value = slots[output.value]?.value() else {
        throw .invalid(reason: "the output '\(output.name)' was not computed")
      }
      return value
    }
  }

  private func run(_ step: Step, _ slots: inout [Slot?]) throws(OperatorFault) {
    switch step {
    case .node(let node): try run(node, &slots)
    case .layer(let node, let layer):
      guard let input = node.inputs[0], let output = node.outputs[0],
        let pictures = slots[input]?.asPictures()
      else { return try run(node, &slots) }
      let shape = pictures.shape
      let weight = node.inputs.count > 1 ? node.inputs[1].flatMap { graph.constants[$0] } : nil
      let call = OperatorCall(node: node, opset: graph.opset, inputs: [])
      let grid = try WindowGrid(
        call, over: [shape[0], shape[3], shape[1], shape[2]],
        kernel: weight.map { Array($0.shape[2...]) })
      if let weight {
        let groups = try call.integer("group", default: 1)
        guard weight.shape[1] * groups == shape[3] else {
          throw OperatorFault("\(shape[3]) channels do not fit weights of \(weight.shape)")
        }
      }
      guard shape[0] > 0, grid.input.allSatisfy({ $0 > 0 }) else {
        throw OperatorFault("there are no pictures in [N, H, W, C] = \(shape)")
      }
      slots[output] = Slot(pictures: layer(pictures))
    case .dense(let node, let layer, let inputs):
      guard let input = node.inputs[0], let output = node.outputs[0],
        let value = slots[input]?.value(), value.type == .float32, value.shape.last == inputs,
        value.count > 0, node.operation == "MatMul" || value.shape.count == 2
      else { throw OperatorFault("its input has not rows of \(inputs) float32 numbers") }
      let rows = value.tensor.reshaped(to: [value.count / inputs, inputs])
      let y = layer(rows)
      slots[output] = Slot(Value(y.reshaped(to: value.shape.dropLast() + [y.shape[1]])))
    }
  }

  /// Computes a node, in the engine's order if it has pictures and its operator does not care.
  private func run(_ node: Node, _ slots: inout [Slot?]) throws(OperatorFault) {
    if let result = try pictures(node, &slots), let output = node.outputs[0] {
      slots[output] = Slot(pictures: result)
      return
    }
    let inputs = node.inputs.map { $0.flatMap { slots[$0]?.value() } }
    for (output, value) in zip(node.outputs, try graph.results(of: node, inputs)) {
      guard let output else { continue }
      slots[output] = Slot(value)
    }
  }

  /// The result of an operator on pictures, where it is the same in either order.
  private func pictures(_ node: Node, _ slots: inout [Slot?]) throws(OperatorFault) -> Tensor? {
    guard node.outputs.count == 1, node.outputs[0] != nil,
      node.inputs.contains(where: { $0.flatMap { slots[$0]?.pictures } != nil })
    else { return nil }
    let isElementwise = Session.elementwise.contains(node.operation)
    guard isElementwise || node.operation == "GlobalAveragePool" || node.operation == "Concat"
    else { return nil }
    var inputs: [Value?] = []
    for input in node.inputs {
      guard let input else {
        inputs.append(nil)
        continue
      }
      if isElementwise, let number = slots[input]?.number {
        inputs.append(number)
      } else if let pictures = slots[input]?.asPictures() {
        inputs.append(Value(pictures))
      } else {
        return nil
      }
    }
    switch node.operation {
    case "Concat":
      guard case .integer(1)? = node.attributes["axis"] else { return nil }
      let tensors = inputs.compactMap { $0?.tensor }
      guard tensors.count > 1, tensors.count == inputs.count,
        tensors.allSatisfy({ $0.shape.dropLast() == tensors[0].shape.dropLast() && $0.count > 0 })
      else { return nil }
      return Tensor.besides(tensors)
    case "GlobalAveragePool":
      guard let x = inputs[0]?.tensor, x.count > 0 else { return nil }
      return GlobalAveragePool()(x).reshaped(to: [x.shape[0], 1, 1, x.shape[3]])
    default:
      let result = try graph.results(of: node, inputs)[0]
      return result.type == .float32 && result.shape.count == 4 ? result.tensor : nil
    }
  }

  /// The operators whose result depends on each element alone.
  private static let elementwise: Set = [
    "Relu", "LeakyRelu", "Sigmoid", "Tanh", "HardSwish", "HardSigmoid", "Swish", "Gelu", "Erf",
    "Exp",
    "Sqrt", "Clip", "Elu", "Mish", "Softplus", "Abs", "Neg", "Add", "Sub", "Mul", "Div", "Identity",
  ]
}

extension Graph {
  /// The outputs of a node, as many as it names.
  func results(of node: Node, _ inputs: [Value?]) throws(OperatorFault) -> [Value] {
    guard let definition = OperatorTable.named[node.operation] else {
      throw OperatorFault(unsupported: "the operator \(node.operation)")
    }
    guard definition.inputs.contains(node.inputs.count) else {
      throw OperatorFault("it has \(node.inputs.count) inputs")
    }
    let results = try definition.compute(OperatorCall(node: node, opset: opset, inputs: inputs))
    guard results.count >= node.outputs.count else {
      throw OperatorFault("it has no output \(results.count)")
    }
    return results.map(\.rounded)
  }

  /// The graph without the nodes whose inputs are all constants; their outputs are computed.
  func folded() throws(ONNXError) -> Graph {
    var graph = self
    var values = [Value?](repeating: nil, count: valueCount)
    for (number, value) in constants { values[number] = value }
    graph.nodes = []
    for node in nodes {
      let isKnown = node.inputs.allSatisfy { $0.map { values[$0] != nil } ?? true }
      guard isKnown else {
        graph.nodes.append(node)
        continue
      }
      do throws(OperatorFault) {
        let results = try self.results(of: node, node.inputs.map { $0.flatMap { values[$0] } })
        for (output, value) in zip(node.outputs, results) {
          guard let output else { continue }
          values[output] = value
          graph.constants[output] = value
        }
      } catch {
        throw error.error(at: node)
      }
    }
    return graph
  }
}

extension OperatorFault {
  /// The error of a graph.
  fileprivate func error(at node: Node) -> ONNXError {
    isUnsupported
      ? .unsupported(what: reason, nodes: [node.name])
      : .failed(node: node.name, operation: node.operation, reason: reason)
  }
}

extension Graph.Port {
  /// Refuses a value of another type or shape than the graph declares.
  func check(_ value: Value) throws(ONNXError) {
    if let type, type != value.type {
      throw .unsuitableInput(name: name, reason: "it takes \(type), not \(value.type)")
    }
    guard let shape else { return }
    let fits =
      shape.count == value.shape.count
      && zip(shape, value.shape).allSatisfy { declared, own in declared.map { $0 == own } ?? true }
    guard fits else {
      let declared = shape.map { $0.map { "\($0)" } ?? "any" }.joined(separator: ", ")
      throw .unsuitableInput(name: name, reason: "it takes [\(declared)], not \(value.shape)")
    }
  }
}
