/// A model that can be run.
public final class Session: Sendable {
  private let graph: Graph
  /// The values that are not needed after each node.
  private let released: [[Int]]

  /// Reads and checks the model at `path`, and computes in advance what does not depend on inputs.
  public convenience init(path: String) throws(ONNXError) {
    try self.init(try ModelReader.graph(path: path))
  }

  init(_ graph: Graph) throws(ONNXError) {
    let graph = try graph.folded()
    self.graph = graph
    var last: [Int: Int] = [:]
    for (index, node) in graph.nodes.enumerated() {
      for value in (node.inputs + node.outputs).compactMap(\.self) { last[value] = index }
    }
    let kept = Set(graph.outputs.map(\.value)).union(graph.constants.keys)
    var released = [[Int]](repeating: [], count: graph.nodes.count)
    for (value, index) in last where !kept.contains(value) { released[index].append(value) }
    self.released = released
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
    var values = [Value?](repeating: nil, count: graph.valueCount)
    for input in graph.inputs {
      guard let value = given[input.name] else {
        throw .unsuitableInput(name: input.name, reason: "it is missing")
      }
      try input.check(value)
      values[input.value] = value
    }
    for (number, value) in graph.constants { values[number] = value }
    for (index, node) in graph.nodes.enumerated() {
      try graph.compute(node, &values)
      for value in released[index] { values[value] = nil }
    }
    return try graph.outputs.throwingMap { output throws(ONNXError) in
      guard let value = values[output.value] else {
        throw .invalid(reason: "the output '\(output.name)' was not computed")
      }
      return value
    }
  }
}

extension Graph {
  /// Computes a node's outputs.
  func compute(_ node: Node, _ values: inout [Value?]) throws(ONNXError) {
    guard let definition = OperatorTable.named[node.operation] else {
      throw .unsupported(what: "the operator \(node.operation)", nodes: [node.name])
    }
    let call = OperatorCall(
      node: node, opset: opset, inputs: node.inputs.map { $0.flatMap { values[$0] } })
    let results: [Value]
    do throws(OperatorFault) {
      guard definition.inputs.contains(node.inputs.count) else {
        throw OperatorFault("it has \(node.inputs.count) inputs")
      }
      results = try definition.compute(call)
    } catch {
      throw error.isUnsupported
        ? .unsupported(what: error.reason, nodes: [node.name])
        : .failed(node: node.name, operation: node.operation, reason: error.reason)
    }
    for (index, output) in node.outputs.enumerated() {
      guard let output else { continue }
      guard index < results.count else {
        throw .failed(
          node: node.name, operation: node.operation, reason: "it has no output \(index)")
      }
      values[output] = results[index].rounded
    }
  }

  /// The graph without the nodes whose inputs are all constants; their outputs are computed.
  ///
  /// Results of more than a million elements are left to be computed when they are needed.
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
      try compute(node, &values)
      for output in node.outputs.compactMap(\.self) { graph.constants[output] = values[output] }
    }
    return graph
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
