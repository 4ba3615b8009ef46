/// What is known of a graph before it runs.
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

  /// The operators that compute the outputs, by the outputs' names.
  ///
  /// Those that only give a value another shape or type are passed over; outputs that are constants or
  /// inputs have none.
  func lastOperators() -> [String: String] {
    var makers: [Int: Node] = [:]
    for node in nodes {
      for output in node.outputs.compactMap(\.self) { makers[output] = node }
    }
    var found: [String: String] = [:]
    for output in self.outputs {
      var maker = makers[output.value]
      while let node = maker, Graph.reshaping.contains(node.operation), let input = node.inputs[0] {
        maker = makers[input]
      }
      found[output.name] = maker?.operation
    }
    return found
  }

  private static let reshaping: Set = [
    "Identity", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Cast", "Transpose", "Dropout",
  ]
}
