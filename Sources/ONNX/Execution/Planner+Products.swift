internal import Engine

/// Products with constant matrices.
extension Planner {
  mutating func gemm(_ node: Node, _ call: OperatorCall) -> Step? {
    guard let weight = call.optional(1), weight.shape.count == 2,
      let turns = try? call.flag("transB"), (try? call.flag("transA")) == false,
      (try? call.real("alpha", default: 1)) == 1, (try? call.real("beta", default: 1)) == 1
    else { return nil }
    let plain = turns ? weight : ShapeOperators.transposed(weight, [1, 0])
    guard node.inputs.count == 3, node.inputs[2] != nil else { return product(node, plain, nil) }
    guard let bias = call.optional(2), bias.shape == [plain.shape[0]] else { return nil }
    return product(node, plain, bias)
  }

  mutating func product(_ node: Node, _ call: OperatorCall) -> Step? {
    guard let weight = call.optional(1), weight.shape.count == 2, weight.type == .float32,
      weight.count > 0
    else { return nil }
    let plain = ShapeOperators.transposed(weight, [1, 0])
    guard let (next, place) = sole(readerOf: node), next.operation == "Add",
      let bias = factors(next, besides: node, count: plain.shape[0], after: 0)
    else { return product(node, plain, nil) }
    isDone[place] = true
    let both = Node(
      name: node.name, operation: node.operation, inputs: node.inputs, outputs: next.outputs,
      attributes: node.attributes)
    return product(both, plain, Value(bias))
  }

  /// The product, with a factor for each output that follows, the move of the outputs in front of rows and
  /// columns, and an activation.
  private mutating func product(_ node: Node, _ weight: Value, _ bias: Value?) -> Step? {
    guard weight.type == .float32, weight.count > 0, bias?.type ?? .float32 == .float32 else {
      return nil
    }
    let (outputs, inputs) = (weight.shape[0], weight.shape[1])
    var (weights, constants) = (weight.tensor, bias?.tensor)
    var (last, isTurned, tail) = (node, false, Tail())
    func scale(by next: Node, _ factors: Tensor) {
      let numbers = factors.values
      weights.write { values in
        for index in values.indices { values[index] *= numbers[index / inputs] }
      }
      constants?.write { values in
        for index in values.indices { values[index] *= numbers[index] }
      }
      last = next
    }
    if let (next, place) = sole(readerOf: last), next.operation == "Mul",
      let factors = factors(next, besides: last, count: outputs, after: 0)
    {
      isDone[place] = true
      scale(by: next, factors)
    }
    if let (next, place) = only(readerOf: last), let known = Planner.activation(next) {
      isDone[place] = true
      (tail.activation, last) = (known, next)
    } else if let (next, place) = only(readerOf: last), next.operation == "Transpose",
      case .integers([0, 3, 1, 2])? = next.attributes["perm"]
    {
      isDone[place] = true
      (isTurned, last) = (true, next)
      if let (next, place) = sole(readerOf: last), next.operation == "Mul",
        let factors = factors(next, besides: last, count: outputs, after: 2)
      {
        isDone[place] = true
        scale(by: next, factors)
      }
    }
    // A convolution over single pixels: `Dense` is made for training.
    let layer = Conv2D(
      kernel: weights.reshaped(to: weight.shape + [1, 1]),
      bias: constants?.reshaped(to: [outputs]))
    release(node.inputs[1])
    let merged = Node(
      name: node.name, operation: node.operation, inputs: [node.inputs[0]], outputs: last.outputs,
      attributes: node.attributes)
    return .product(
      merged, EngineConvolution(layer, outputs: outputs), inputs: inputs, isTurned: isTurned, tail)
  }

  /// The constant float32 numbers, one for each of `count` outputs, that a node combines with another one's
  /// result.
  ///
  /// - Parameter after: the number of dimensions of the result after that of the outputs.
  private func factors(
    _ node: Node, besides other: Node, count: Int, after: Int
  ) -> Tensor? {
    guard node.inputs.count == 2,
      let operand = node.inputs[0] == other.outputs[0] ? node.inputs[1] : node.inputs[0],
      let value = graph.constants[operand], value.type == .float32, value.count == count
    else { return nil }
    let places = value.shape.dropLast(after)
    guard value.shape.count > after, value.shape.suffix(after).allSatisfy({ $0 == 1 }),
      places.last == count, value.shape.count <= after + 2
    else { return nil }
    return value.tensor.reshaped(to: [count])
  }
}
