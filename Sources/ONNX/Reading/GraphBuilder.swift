/// Numbers the values of a graph, sorts its nodes, and refuses what does not fit together.
struct GraphBuilder {
  let opset: Int
  let tensors: TensorReader
  var metadata: [String: String] = [:]

  private var numbers: [String: Int] = [:]
  private var constants: [Int: Value] = [:]

  init(opset: Int, tensors: TensorReader) {
    self.opset = opset
    self.tensors = tensors
  }

  /// The graph of a message.
  mutating func graph(_ message: Onnx_GraphProto) throws(ONNXError) -> Graph {
    guard message.node.count <= ModelReader.nodeLimit else {
      throw .invalid(reason: "\(message.node.count) nodes are too many")
    }
    if let sparse = message.sparseInitializer.first {
      throw .unsupported(what: "the sparse initializer '\(sparse.values.name)'", nodes: [])
    }
    try refuseUnknownOperators(message.node)
    for initializer in message.initializer {
      guard numbers[initializer.name] == nil else {
        throw .invalid(reason: "the initializer '\(initializer.name)' occurs twice")
      }
      let value = try tensors.value(initializer)
      guard !value.hasNaN else {
        throw .invalid(reason: "the initializer '\(initializer.name)' holds NaN")
      }
      constants[number(of: initializer.name)] = value
    }
    var inputs: [Graph.Port] = []
    for input in message.input where numbers[input.name] == nil {
      inputs.append(try port(input, value: number(of: input.name)))
    }
    let given = Set(inputs.map(\.value)).union(constants.keys)
    var read: [Node] = []
    for node in message.node { read.append(try self.node(node)) }
    let nodes = try sorted(read, given)
    let made = given.union(nodes.flatMap { $0.outputs.compactMap(\.self) })
    var outputs: [Graph.Port] = []
    for output in message.output {
      guard let value = numbers[output.name], made.contains(value) else {
        throw .invalid(reason: "no node computes the output '\(output.name)'")
      }
      outputs.append(try port(output, value: value))
    }
    guard !outputs.isEmpty else { throw .invalid(reason: "it has no outputs") }
    return Graph(
      opset: opset, valueCount: numbers.count, constants: constants, nodes: nodes, inputs: inputs,
      outputs: outputs, metadata: metadata)
  }

  private mutating func number(of name: String) -> Int {
    if let number = numbers[name] { return number }
    let number = numbers.count
    numbers[name] = number
    return number
  }

  private func refuseUnknownOperators(_ nodes: [Onnx_NodeProto]) throws(ONNXError) {
    for node in nodes {
      let isKnown =
        standardDomains.contains(node.domain) && OperatorTable.named[node.opType] != nil
      guard !isKnown else { continue }
      let others = nodes.filter { $0.opType == node.opType && $0.domain == node.domain }
      let domain = standardDomains.contains(node.domain) ? "" : "\(node.domain)."
      throw .unsupported(what: "the operator \(domain)\(node.opType)", nodes: others.map(\.label))
    }
  }

  private mutating func node(_ message: Onnx_NodeProto) throws(ONNXError) -> Node {
    var attributes: [String: Attribute] = [:]
    for attribute in message.attribute {
      guard let read = try self.attribute(attribute) else {
        throw .unsupported(
          what: "the attribute '\(attribute.name)' of \(message.opType)", nodes: [message.label])
      }
      attributes[attribute.name] = read
    }
    var inputs: [Int?] = []
    for input in message.input { inputs.append(input.isEmpty ? nil : number(of: input)) }
    var outputs: [Int?] = []
    for output in message.output { outputs.append(output.isEmpty ? nil : number(of: output)) }
    return Node(
      name: message.label, operation: message.opType, inputs: inputs, outputs: outputs,
      attributes: attributes)
  }

  /// Nil for kinds of attributes that no known operator has.
  private func attribute(_ message: Onnx_AttributeProto) throws(ONNXError) -> Attribute? {
    switch message.type {
    case .int: .integer(Int(message.i))
    case .float: .real(Double(message.f))
    case .string: .text(String(decoding: message.s, as: UTF8.self))
    case .ints: .integers(message.ints.map { Int($0) })
    case .floats: .reals(message.floats.map { Double($0) })
    case .strings: .texts(message.strings.map { String(decoding: $0, as: UTF8.self) })
    case .tensor: .value(try tensors.value(message.t))
    default: nil
    }
  }

  private func port(
    _ message: Onnx_ValueInfoProto, value: Int
  ) throws(ONNXError) -> Graph.Port {
    guard message.hasType else {
      return Graph.Port(name: message.name, value: value, type: nil, shape: nil)
    }
    guard case .tensorType(let tensor)? = message.type.value else {
      throw .unsupported(what: "'\(message.name)', which is no tensor", nodes: [])
    }
    return Graph.Port(
      name: message.name, value: value,
      type: try tensors.type(tensor.elemType, of: message.name),
      shape: tensor.hasShape
        ? tensor.shape.dim.map { dimension in
          if case .dimValue(let length)? = dimension.value { Int(length) } else { nil }
        } : nil)
  }

  /// The nodes in an order in which each comes after those that it reads.
  private func sorted(_ nodes: [Node], _ given: Set<Int>) throws(ONNXError) -> [Node] {
    var makers: [Int: Int] = [:]
    for (index, node) in nodes.enumerated() {
      for output in node.outputs.compactMap(\.self) {
        guard makers[output] == nil, !given.contains(output) else {
          throw .invalid(reason: "an output of node '\(node.name)' is computed twice")
        }
        makers[output] = index
      }
    }
    var waiting = [Int](repeating: 0, count: nodes.count)
    var readers: [Int: [Int]] = [:]
    for (index, node) in nodes.enumerated() {
      for input in node.inputs.compactMap(\.self) where !given.contains(input) {
        guard makers[input] != nil else {
          throw .invalid(reason: "nothing computes an input of node '\(node.name)'")
        }
        readers[input, default: []].append(index)
        waiting[index] += 1
      }
    }
    var ready = nodes.indices.filter { waiting[$0] == 0 }
    var order: [Node] = []
    var next = 0
    while next < ready.count {
      let node = nodes[ready[next]]
      next += 1
      order.append(node)
      for output in node.outputs.compactMap(\.self) {
        for reader in readers[output] ?? [] {
          waiting[reader] -= 1
          if waiting[reader] == 0 { ready.append(reader) }
        }
      }
    }
    if let stuck = nodes.indices.first(where: { waiting[$0] > 0 }) {
      throw .invalid(reason: "node '\(nodes[stuck].name)' waits for its own output")
    }
    return order
  }
}

extension Onnx_NodeProto {
  /// The name for messages.
  var label: String {
    name.isEmpty ? output.first(where: { !$0.isEmpty }) ?? opType : name
  }
}

extension Sequence {
  /// `map` with a body that throws one type of error.
  func throwingMap<Result, Failure: Error>(
    _ body: (Element) throws(Failure) -> Result
  ) throws(Failure) -> [Result] {
    var results: [Result] = []
    for element in self { results.append(try body(element)) }
    return results
  }
}
