internal import Engine

/// Running one step.
extension Session {
  /// Computes what a step gives from what it needs.
  ///
  /// - Parameter slots: the values that are known, by their numbers; the results are put there.
  func run(_ step: Step, _ slots: inout [Slot?]) throws(OperatorFault) {
    switch step {
    case .node(let node): try run(node, &slots)
    case .layer(let node, let layer, let weight):
      guard let pictures = try windowed(node, weight, &slots), let output = node.outputs[0] else {
        guard weight == nil else { throw OperatorFault("its input is not float32 pictures") }
        return try run(node, &slots)
      }
      slots[output] = Slot(pictures: layer(pictures))
    case .convolution(let node, let layer, let weight, let tail):
      guard let pictures = try windowed(node, weight, &slots), let output = node.outputs[0] else {
        throw OperatorFault("its input is not float32 pictures")
      }
      guard let addition = tail.addition, let other = node.inputs[1] else {
        slots[output] = Slot(pictures: layer(pictures, adding: nil, tail.activation))
        return
      }
      let grid = try grid(of: node, pictures.shape, weight)
      let shape = [pictures.shape[0]] + grid.output + [weight[0]]
      if let addend = slots[other]?.asPictures(), addend.shape == shape {
        slots[output] = Slot(pictures: layer(pictures, adding: addend, tail.activation))
      } else {
        let made = Slot(pictures: layer(pictures, adding: nil, .identity))
        slots[output] = try sum(made, other, addition, tail.activation, &slots)
      }
    case .product(let node, let layer, let inputs, let isTurned, let tail):
      guard let output = node.outputs[0] else { return }
      slots[output] = try product(node, layer, inputs, isTurned, tail, &slots)
    case .scale(let node, let scale, let shift, let activation):
      guard let input = node.inputs[0], let output = node.outputs[0] else { return }
      if let pictures = slots[input]?.asPictures() {
        guard pictures.shape.last == scale.count, pictures.count > 0 else {
          throw OperatorFault("\(pictures.shape) has not \(scale.count) channels")
        }
        slots[output] = Slot(pictures: pictures.scaled(by: scale, plus: shift, activation))
        return
      }
      let x = node.inputs.map { $0.flatMap { slots[$0]?.value() } }
      guard let y = try graph.results(of: node, x).first, case .float(let tensor) = y.elements
      else {
        throw OperatorFault("its input is not float32")
      }
      slots[output] = Slot(Value(y.type, y.shape, .float(tensor.activated(activation))))
    }
  }

  /// A product with a constant matrix, and what follows it.
  private func product(
    _ node: Node, _ layer: EngineConvolution, _ inputs: Int, _ isTurned: Bool, _ tail: Tail,
    _ slots: inout [Slot?]
  ) throws(OperatorFault) -> Slot {
    let (rows, shape) = try rows(of: node, inputs, isTurned, &slots)
    func slot(adding addend: Tensor?, _ activation: Activation) -> Slot {
      let flat = addend.map { $0.reshaped(to: [1, rows.shape[1], 1, $0.count / rows.shape[1]]) }
      let y = layer(rows, adding: flat, activation)
      let shaped = y.reshaped(to: shape.dropLast() + [y.shape[3]])
      return isTurned ? Slot(pictures: shaped) : Slot(Value(shaped))
    }
    guard let addition = tail.addition, let other = node.inputs[1] else {
      return slot(adding: nil, tail.activation)
    }
    let addend = isTurned ? slots[other]?.asPictures() : slots[other]?.asPlain()
    if let addend, addend.shape.count == shape.count,
      addend.shape.dropLast() == shape.dropLast(), addend.shape.last == layer.outputs
    {
      return slot(adding: addend, tail.activation)
    }
    return try sum(slot(adding: nil, .identity), other, addition, tail.activation, &slots)
  }

  /// The rows that a product with a constant matrix multiplies, `[1, rows, 1, inputs]`, and the shape of the
  /// value that they are.
  func rows(
    of node: Node, _ inputs: Int, _ isTurned: Bool, _ slots: inout [Slot?]
  ) throws(OperatorFault) -> (Tensor, shape: [Int]) {
    guard let input = node.inputs[0], let value = slots[input]?.value(), value.type == .float32,
      value.shape.last == inputs, value.count > 0,
      node.operation == "MatMul" || value.shape.count == 2, !isTurned || value.shape.count == 4
    else { throw OperatorFault("its input has not rows of \(inputs) float32 numbers") }
    return (value.tensor.reshaped(to: [1, value.count / inputs, 1, inputs]), value.shape)
  }

  /// What was made plus another value of any shape that fits, by the definition of the node that adds them.
  func sum(
    _ made: Slot, _ other: Int, _ addition: Node, _ activation: Activation, _ slots: inout [Slot?]
  ) throws(OperatorFault) -> Slot {
    var made = made
    let inputs = addition.inputs.map { $0 == other ? slots[other]?.value() : made.value() }
    guard case .float(let sum)? = try graph.results(of: addition, inputs).first?.elements else {
      throw OperatorFault("its input is not float32")
    }
    return Slot(Value(sum.activated(activation)))
  }

  /// The pictures or clips that a layer's windows slide over, once they are known to fit; nil for other
  /// values.
  func windowed(
    _ node: Node, _ weight: [Int]?, _ slots: inout [Slot?]
  ) throws(OperatorFault) -> Tensor? {
    guard let input = node.inputs[0], let pictures = slots[input]?.asPictures(),
      pictures.shape.count == node.windowRank.map({ $0 + 2 }) ?? pictures.shape.count
    else { return nil }
    let shape = pictures.shape
    let grid = try grid(of: node, shape, weight)
    if let weight {
      let call = OperatorCall(node: node, opset: graph.opset, inputs: [])
      let groups = try call.integer("group", default: 1)
      guard weight[1] * groups == shape[shape.count - 1] else {
        throw OperatorFault("\(shape[shape.count - 1]) channels do not fit weights of \(weight)")
      }
    }
    guard shape[0] > 0, grid.input.allSatisfy({ $0 > 0 }) else {
      throw OperatorFault("there are no pictures in [N, ..., C] = \(shape)")
    }
    return pictures
  }

  /// Where a layer's windows lie on pictures of a shape.
  private func grid(
    of node: Node, _ shape: [Int], _ weight: [Int]?
  ) throws(OperatorFault) -> WindowGrid {
    let last = shape.count - 1
    return try WindowGrid(
      OperatorCall(node: node, opset: graph.opset, inputs: []),
      over: [shape[0], shape[last]] + shape[1..<last], kernel: weight.map { Array($0[2...]) })
  }

  /// Computes a node, in the engine's order if it has pictures and its operator does not care.
  private func run(_ node: Node, _ slots: inout [Slot?]) throws(OperatorFault) {
    if node.operation == "Transpose", let slot = turned(node, slots) {
      if let output = node.outputs[0] { slots[output] = slot }
      return
    }
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

  /// What a transposition gives that only moves the channels of pictures to the end, or from there: the
  /// same numbers.
  private func turned(_ node: Node, _ slots: [Slot?]) -> Slot? {
    guard case .integers(let order)? = node.attributes["perm"],
      order.count == 4 || order.count == 5,
      let input = node.inputs[0], let slot = slots[input]
    else { return nil }
    let last = order.count - 1
    if order == [0] + Array(2...last) + [1], let pictures = slot.pictures,
      pictures.shape.count == order.count
    {
      return Slot(Value(pictures))
    }
    if order == [0, last] + Array(1..<last), let plain = slot.plainTensor,
      plain.shape.count == order.count
    {
      return Slot(pictures: plain)
    }
    return nil
  }

  /// The result of an operator on pictures, where it is the same in either order.
  private func pictures(_ node: Node, _ slots: inout [Slot?]) throws(OperatorFault) -> Tensor? {
    guard node.outputs.count == 1, node.outputs[0] != nil,
      let rank = node.inputs.compactMap({ $0.flatMap { slots[$0]?.pictures?.shape.count } }).first
    else { return nil }
    let isElementwise = Session.elementwise.contains(node.operation)
    if node.operation == "ReduceMean" { return mean(node, slots, rank: rank) }
    guard isElementwise || node.operation == "GlobalAveragePool" || node.operation == "Concat"
    else { return nil }
    var inputs: [Value?] = []
    for input in node.inputs {
      guard let input else {
        inputs.append(nil)
        continue
      }
      if isElementwise, let number = slots[input]?.number ?? slots[input]?.channels(rank: rank) {
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
      return Session.mean(x)
    default:
      guard inputs.allSatisfy({ [0, 1, rank].contains($0?.shape.count ?? 0) }) else { return nil }
      let result = try graph.results(of: node, inputs)[0]
      return result.type == .float32 && result.shape.count == rank ? result.tensor : nil
    }
  }

  /// The mean over all of pictures or clips but number and channel, as pictures.
  private static func mean(_ x: Tensor) -> Tensor {
    let (rank, last) = (x.shape.count, x.shape[x.shape.count - 1])
    let rows = x.count / x.shape[0] / last
    let means = GlobalAveragePool()(x.reshaped(to: [x.shape[0], rows, 1, last]))
    return means.reshaped(
      to: [x.shape[0]] + [Int](repeating: 1, count: rank - 2) + [last])
  }

  /// The mean along all axes but number and channel, which are kept; nil for others.
  private func mean(_ node: Node, _ slots: [Slot?], rank: Int) -> Tensor? {
    let axes: [Int]?
    if case .integers(let own)? = node.attributes["axes"] {
      axes = own
    } else {
      let input = node.inputs.count > 1 ? node.inputs[1] : nil
      axes = try? input.flatMap { graph.constants[$0] }?.indices()
    }
    if case .integer(0)? = node.attributes["keepdims"] { return nil }
    guard let axes, Set(axes.map { $0 < 0 ? $0 + rank : $0 }) == Set(2..<rank),
      let input = node.inputs[0], let x = slots[input]?.pictures, x.count > 0
    else { return nil }
    return Session.mean(x)
  }

  /// The operators whose result depends on each element alone.
  private static let elementwise: Set = [
    "Relu", "LeakyRelu", "Sigmoid", "Tanh", "HardSwish", "HardSigmoid", "Swish", "Gelu", "Erf",
    "Exp",
    "Sqrt", "Clip", "Elu", "Mish", "Softplus", "Abs", "Neg", "Add", "Sub", "Mul", "Div", "Identity",
  ]
}

extension Node {
  /// The dimensions that its windows slide along; nil if its attributes do not say.
  fileprivate var windowRank: Int? {
    guard case .integers(let kernel)? = attributes["kernel_shape"] else { return nil }
    return kernel.count
  }
}
