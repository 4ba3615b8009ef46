internal import Engine

/// A run of a session whose values are all kept, so that derivatives can follow.
///
/// Convolutions, products, pooling and normalizations by running statistics go back through the engine's
/// layers, other nodes by `GradientRules`. Weights are constants.
struct GradientPass {
  private let session: Session
  private var slots: [Slot?]
  /// What the layer of each step, and the activation behind it, have saved.
  private var saved: [(layer: Saved, activation: Saved)]
  /// The steps whose activations are of pictures in the engine's order.
  private var isOfPictures: Set<Int> = []
  /// Whether each value depends on an input that the caller gave.
  private var depends: [Bool]
  private var gradients: [Slot?]

  /// Computes all values.
  init(_ session: Session, _ given: [String: Value]) throws(ONNXError) {
    self.session = session
    slots = try session.start(given)
    depends = [Bool](repeating: false, count: slots.count)
    for input in session.graph.inputs { depends[input.value] = true }
    gradients = [Slot?](repeating: nil, count: slots.count)
    saved = session.steps.map { _ in (Saved(.evaluation), Saved(.evaluation)) }
    for (index, step) in session.steps.enumerated() {
      do throws(OperatorFault) {
        try forward(step, index)
      } catch {
        throw error.error(at: step.node)
      }
      // Shapes, comparisons and places of extremes have no derivative.
      let isReached = step.node.inputs.contains { $0.map { depends[$0] } ?? false }
      for output in step.node.outputs.compactMap(\.self) {
        depends[output] = isReached && slots[output]?.isReal ?? false
      }
    }
  }

  /// The value of an output; nil for a name that there is not.
  mutating func value(of output: String) -> Value? {
    guard let port = session.graph.outputs.first(where: { $0.name == output }) else { return nil }
    return slots[port.value]?.value()
  }

  /// The gradient at an input, in the order of ONNX, once everything has gone back.
  mutating func gradient(at input: String) -> Tensor? {
    guard let port = session.graph.inputs.first(where: { $0.name == input }) else { return nil }
    return gradients[port.value]?.value().tensor
  }

  // MARK: Forward

  private mutating func forward(_ step: Step, _ index: Int) throws(OperatorFault) {
    guard let output = step.node.outputs[0] else { return try session.run(step, &slots) }
    switch step {
    case .node: try session.run(step, &slots)
    case .layer(let node, let layer, let weight):
      guard let pictures = try session.windowed(node, weight, &slots) else {
        return try session.run(step, &slots)
      }
      slots[output] = Slot(pictures: layer.forward(pictures, saving: &saved[index].layer))
    case .convolution(let node, let layer, let weight, let tail):
      guard let pictures = try session.windowed(node, weight, &slots) else {
        throw OperatorFault("its input is not float32 pictures")
      }
      let made = Slot(pictures: layer.forward(pictures, saving: &saved[index].layer))
      slots[output] = try finished(made, node, tail, index)
    case .product(let node, let layer, let inputs, let isTurned, let tail):
      let (rows, shape) = try session.rows(of: node, inputs, isTurned, &slots)
      let y = layer.forward(rows, saving: &saved[index].layer)
        .reshaped(to: shape.dropLast() + [layer.outputs])
      slots[output] = try finished(isTurned ? Slot(pictures: y) : Slot(Value(y)), node, tail, index)
    case .scale(let node, let scale, let shift, let activation):
      let plain = Step.scale(node, scale: scale, shift: shift, .identity)
      try session.run(plain, &slots)
      guard let made = slots[output] else { return }
      slots[output] = activated(made, activation, index)
    }
  }

  /// What a product is after its tail.
  private mutating func finished(
    _ made: Slot, _ node: Node, _ tail: Tail, _ index: Int
  ) throws(OperatorFault) -> Slot {
    guard let addition = tail.addition, let other = node.inputs[1] else {
      return activated(made, tail.activation, index)
    }
    if let own = made.pictures, let addend = slots[other]?.asPictures(), addend.shape == own.shape {
      return activated(Slot(pictures: own.adding(addend)), tail.activation, index)
    }
    let sum = try session.sum(made, other, addition, .identity, &slots)
    return activated(sum, tail.activation, index)
  }

  private mutating func activated(_ sum: Slot, _ activation: Activation, _ index: Int) -> Slot {
    var sum = sum
    let layer = Activate(activation)
    if let pictures = sum.pictures {
      isOfPictures.insert(index)
      return Slot(pictures: layer.forward(pictures, saving: &saved[index].activation))
    }
    return Slot(Value(layer.forward(sum.value().tensor, saving: &saved[index].activation)))
  }

  // MARK: Backward

  /// Sends the gradient at an output back to the inputs.
  ///
  /// - Parameters:
  ///   - slopes: the gradient at the output, element by element.
  ///   - isEnough: asked before each step, with what it made and its gradient; true ends the pass.
  mutating func backward(
    from output: String, slopes: [Double],
    until isEnough: (_ step: Step, _ made: Slot, _ gradient: Slot) -> Bool = { _, _, _ in false }
  ) throws(ONNXError) {
    guard let port = session.graph.outputs.first(where: { $0.name == output }),
      let shape = slots[port.value]?.shape, shape.reduce(1, *) == slopes.count
    else { throw .invalid(reason: "the output '\(output)' has not \(slopes.count) numbers") }
    gradients[port.value] = Slot(
      Value(Tensor(shape: shape, values: slopes.map { Float($0) })))
    for (index, step) in session.steps.enumerated().reversed() {
      let outputs = step.node.outputs
      guard outputs.contains(where: { $0.map { gradients[$0] != nil } ?? false }),
        step.node.inputs.contains(where: { $0.map { depends[$0] } ?? false })
      else { continue }
      if let made = outputs[0], let value = slots[made], let gradient = gradients[made],
        isEnough(step, value, gradient)
      {
        return
      }
      do throws(OperatorFault) {
        try backward(step, index)
      } catch {
        throw error.error(at: step.node)
      }
      // Nothing reads it any more.
      for value in outputs.compactMap(\.self) { gradients[value] = nil }
      saved[index] = (Saved(.evaluation), Saved(.evaluation))
    }
  }

  private mutating func backward(_ step: Step, _ index: Int) throws(OperatorFault) {
    switch step {
    case .node(let node): try backward(node)
    case .layer(let node, let layer, _):
      guard !saved[index].layer.isEmpty, var dy = gradient(of: node), let input = node.inputs[0],
        let pictures = dy.asPictures()
      else { return try backward(node) }
      add(Slot(pictures: layer.backward(pictures, from: &saved[index].layer)), to: input)
    case .convolution(let node, let layer, _, let tail):
      guard var dy = try beforeTail(node, tail, index), let input = node.inputs[0],
        let pictures = dy.asPictures()
      else { return }
      add(Slot(pictures: layer.backward(pictures, from: &saved[index].layer)), to: input)
    case .product(let node, let layer, let inputs, let isTurned, let tail):
      guard var dy = try beforeTail(node, tail, index), let input = node.inputs[0],
        let shape = slots[input]?.shape
      else { return }
      let plain = isTurned ? dy.asPictures() : dy.asPlain()
      guard let plain else { return }
      let rows = plain.reshaped(to: [1, plain.count / layer.outputs, 1, layer.outputs])
      let dx = layer.backward(rows, from: &saved[index].layer)
      precondition(dx.shape[3] == inputs, "\(dx.shape) at \(inputs) inputs")
      add(Slot(Value(dx.reshaped(to: shape))), to: input)
    case .scale(let node, let scale, _, let activation):
      guard let last = gradient(of: node), let input = node.inputs[0] else { return }
      var dy = backward(last, activation, index)
      if let pictures = dy.pictures {
        let none = Tensor(zeros: scale.shape)
        add(Slot(pictures: pictures.scaled(by: scale, plus: none, .identity)), to: input)
      } else {
        let plain = dy.value().tensor
        let ones = [Int](repeating: 1, count: max(0, plain.shape.count - 2))
        let factors = scale.reshaped(to: [scale.count] + ones)
        add(Slot(Value(try GradientRules.combined(.product, plain, factors))), to: input)
      }
    }
  }

  /// The gradient before a tail; what the tail adds gets its own.
  private mutating func beforeTail(
    _ node: Node, _ tail: Tail, _ index: Int
  ) throws(OperatorFault) -> Slot? {
    guard let last = gradient(of: node) else { return nil }
    let dy = backward(last, tail.activation, index)
    guard tail.addition != nil, let other = node.inputs[1] else { return dy }
    guard let shape = slots[other]?.shape, shape == dy.shape else {
      throw OperatorFault(unsupported: "the derivative of a sum that repeats what it adds")
    }
    if depends[other] { add(dy, to: other) }
    return dy
  }

  private mutating func backward(_ dy: Slot, _ activation: Activation, _ index: Int) -> Slot {
    guard activation != .identity else { return dy }
    var dy = dy
    let layer = Activate(activation)
    // In the order in which it went forward.
    if isOfPictures.contains(index), let pictures = dy.asPictures() {
      return Slot(pictures: layer.backward(pictures, from: &saved[index].activation))
    }
    return Slot(Value(layer.backward(dy.value().tensor, from: &saved[index].activation)))
  }

  private mutating func backward(_ node: Node) throws(OperatorFault) {
    // Sums of equal shapes hand the gradient on as it is.
    if node.operation == "Add" || node.operation == "Identity", let dy = gradient(of: node),
      node.inputs.allSatisfy({ $0.flatMap { slots[$0]?.shape } == dy.shape })
    {
      for input in node.inputs.compactMap(\.self) where depends[input] { add(dy, to: input) }
      return
    }
    guard let rule = GradientRules.named[node.operation] else {
      throw OperatorFault(unsupported: "the derivative of \(node.operation)")
    }
    let inputs = node.inputs.map { input in input.flatMap { slots[$0]?.value() } }
    let outputs = node.outputs.map { output in output.flatMap { slots[$0]?.value() } }
    let slopes = node.outputs.map { output in output.flatMap { gradients[$0]?.value().tensor } }
    let call = GradientCall(
      call: OperatorCall(node: node, opset: session.graph.opset, inputs: inputs), outputs: outputs,
      gradients: slopes)
    for (input, gradient) in zip(node.inputs, try rule(call)) {
      guard let input, depends[input] else { continue }
      guard let gradient else {
        throw OperatorFault(unsupported: "the derivative of \(node.operation) by all its inputs")
      }
      add(Slot(Value(gradient)), to: input)
    }
  }

  private func gradient(of node: Node) -> Slot? { node.outputs[0].flatMap { gradients[$0] } }

  /// Adds to the gradient at a value.
  private mutating func add(_ gradient: Slot, to value: Int) {
    guard depends[value] else { return }
    guard var sum = gradients[value] else {
      gradients[value] = gradient
      return
    }
    var gradient = gradient
    if let own = sum.pictures, let other = gradient.asPictures(), own.shape == other.shape {
      gradients[value] = Slot(pictures: own.adding(other))
    } else {
      gradients[value] = Slot(Value(sum.value().tensor.adding(gradient.value().tensor)))
    }
  }
}
