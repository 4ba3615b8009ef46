/// Several nodes that compute one known function, as one node.
extension Graph {
  /// The graph with the error function's, the sigmoid's and other spelled-out activations as `Gelu` and
  /// `Swish`.
  func withMergedActivations() -> Graph {
    var merger = ActivationMerger(self)
    return merger.merged()
  }
}

private struct ActivationMerger {
  private var graph: Graph
  private var makers: [Int: Int] = [:]
  private var readers: [Int: [Int]] = [:]
  private var isGone: [Bool]
  private let kept: Set<Int>

  init(_ graph: Graph) {
    self.graph = graph
    isGone = [Bool](repeating: false, count: graph.nodes.count)
    kept = Set(graph.outputs.map(\.value))
    for (index, node) in graph.nodes.enumerated() {
      for output in node.outputs.compactMap(\.self) { makers[output] = index }
      for input in Set(node.inputs.compactMap(\.self)) { readers[input, default: []].append(index) }
    }
  }

  mutating func merged() -> Graph {
    for index in graph.nodes.indices {
      switch graph.nodes[index].operation {
      case "Erf": mergeGelu(at: index)
      case "Sigmoid": mergeSwish(at: index)
      default: break
      }
    }
    graph.nodes = graph.nodes.indices.filter { !isGone[$0] }.map { graph.nodes[$0] }
    return graph
  }

  /// x · ½ · (1 + erf(x / √2)), in whichever order it is multiplied.
  private mutating func mergeGelu(at erf: Int) {
    guard let scaled = graph.nodes[erf].inputs[0], let maker = makers[scaled],
      isOnly(readerOf: scaled), let (x, factor) = scaling(maker),
      abs(factor - 0.5.squareRoot()) < 1e-3,
      let add = reader(of: erf), graph.nodes[add].operation == "Add",
      number(besides: erf, at: add) == 1, let first = reader(of: add),
      graph.nodes[first].operation == "Mul", let other = operand(besides: add, at: first)
    else { return }
    var gone = [maker, erf, add]
    let last: Int
    if other == x, let next = reader(of: first), graph.nodes[next].operation == "Mul",
      number(besides: first, at: next) == 0.5
    {
      gone.append(first)
      last = next
    } else if single(other) == 0.5, let next = reader(of: first),
      graph.nodes[next].operation == "Mul", operand(besides: first, at: next) == x
    {
      gone.append(first)
      last = next
    } else if let half = makers[other], isOnly(readerOf: other), let (y, share) = scaling(half),
      y == x, share == 0.5
    {
      gone.append(half)
      last = first
    } else {
      return
    }
    replace(last, by: "Gelu", of: x, [:], gone)
  }

  /// x · sigmoid(a · x).
  private mutating func mergeSwish(at sigmoid: Int) {
    guard let input = graph.nodes[sigmoid].inputs[0], let last = reader(of: sigmoid),
      graph.nodes[last].operation == "Mul", let x = operand(besides: sigmoid, at: last)
    else { return }
    if x == input {
      replace(last, by: "Swish", of: x, ["alpha": .real(1)], [sigmoid])
    } else if let maker = makers[input], isOnly(readerOf: input), let (y, alpha) = scaling(maker),
      y == x, graph.nodes[maker].operation == "Mul"
    {
      replace(last, by: "Swish", of: x, ["alpha": .real(alpha)], [maker, sigmoid])
    }
  }

  private mutating func replace(
    _ index: Int, by operation: String, of x: Int, _ attributes: [String: Attribute], _ gone: [Int]
  ) {
    guard gone.allSatisfy({ !isGone[$0] }) else { return }
    for other in gone { isGone[other] = true }
    let old = graph.nodes[index]
    graph.nodes[index] = Node(
      name: old.name, operation: operation, inputs: [x], outputs: old.outputs,
      attributes: attributes)
  }

  /// A value that a node multiplies or divides by a number, and the factor.
  private func scaling(_ index: Int) -> (value: Int, factor: Double)? {
    let node = graph.nodes[index]
    guard node.inputs.count == 2, let first = node.inputs[0], let second = node.inputs[1] else {
      return nil
    }
    switch node.operation {
    case "Mul":
      if let factor = single(second) { return (first, factor) }
      return single(first).map { (second, $0) }
    case "Div": return single(second).map { (first, 1 / $0) }
    default: return nil
    }
  }

  private func isOnly(readerOf value: Int) -> Bool {
    readers[value]?.count == 1 && !kept.contains(value)
  }

  /// The only node that reads what a node makes.
  private func reader(of index: Int) -> Int? {
    guard graph.nodes[index].outputs.count == 1, let output = graph.nodes[index].outputs[0],
      isOnly(readerOf: output)
    else { return nil }
    return readers[output]?.first
  }

  /// What a node of two inputs reads besides the output of another one.
  private func operand(besides other: Int, at index: Int) -> Int? {
    let (inputs, output) = (graph.nodes[index].inputs, graph.nodes[other].outputs[0])
    guard inputs.count == 2, let first = inputs[0], let second = inputs[1] else { return nil }
    return first == output ? second : second == output ? first : nil
  }

  private func number(besides other: Int, at index: Int) -> Double? {
    operand(besides: other, at: index).flatMap(single)
  }

  /// A constant of one float32 number, with no more dimensions than it needs.
  private func single(_ value: Int) -> Double? {
    guard let constant = graph.constants[value], constant.count == 1, constant.type == .float32,
      constant.shape.count <= 1
    else { return nil }
    return constant.doubles[0]
  }
}
