internal import Engine

/// The nodes of layers that read sequences and capsules.
extension GraphWriter {
  /// ONNX's recurrences have steps first, and their gates in another order than PyTorch's.
  mutating func recurrent(
    _ node: LayerNode, _ settings: Recurrent.Settings, _ x: Flow, at path: String, _ shape: [Int]
  ) -> Flow {
    let (operation, order) =
      settings.cell == .lstm ? ("LSTM", [0, 3, 1, 2]) : ("GRU", [1, 0, 2])
    let directions = settings.isBidirectional ? 2 : 1
    let width = directions * settings.hidden
    /// A parameter of each direction, its gates in ONNX's order.
    func values(_ kind: String, _ layer: Int) -> [[Float]] {
      (0..<directions).compactMap { direction in
        let name = "\(kind)_l\(layer)\(direction == 1 ? "_reverse" : "")"
        guard let plain = node[name]?.plain else { return nil }
        let (values, length) = (plain.values, plain.count / order.count)
        return order.flatMap { values[$0 * length..<($0 + 1) * length] }
      }
    }
    var attributes: [String: Attribute] = [
      "hidden_size": .integer(settings.hidden),
      "direction": .text(directions == 2 ? "bidirectional" : "forward"),
    ]
    if settings.cell == .gru { attributes["linear_before_reset"] = .integer(1) }
    let rows = order.count * settings.hidden
    var sequence = transposed(x, [1, 0, 2], at: path)
    for layer in 0..<settings.layers {
      let columns = layer == 0 ? settings.inputs : width
      var inputs = [sequence.name]
      for (kind, columns) in [("weight_ih", columns), ("weight_hh", settings.hidden)] {
        inputs.append(
          constant(
            below(path, "\(kind)_l\(layer)"), [directions, rows, columns],
            values(kind, layer).flatMap(\.self)))
      }
      let biases = zip(values("bias_ih", layer), values("bias_hh", layer)).flatMap { $0 + $1 }
      if !biases.isEmpty {
        inputs.append(constant(below(path, "bias_l\(layer)"), [directions, 2 * rows], biases))
      }
      if settings.output == .last, layer + 1 == settings.layers {
        let states = Flow(
          name: name(operation, inputs, at: path, attributes, output: 1), shape: shape)
        return self.node(
          "Reshape",
          [
            transposed(states, [1, 0, 2], at: path).name,
            constant(below(path, "joined"), integers: [-1, width]),
          ], at: path, shape)
      }
      // [T, directions, N, hidden]
      let states = Flow(name: name(operation, inputs, at: path, attributes), shape: x.shape)
      let turned = transposed(states, [0, 2, 1, 3], at: path)
      sequence = self.node(
        "Reshape",
        [turned.name, constant(below(path, "joined"), integers: [0, 0, width])], at: path, shape)
    }
    return transposed(sequence, [1, 0, 2], at: path)
  }

  mutating func temporalPool(
    _ kind: TemporalPool.Kind, _ x: Flow, at path: String, _ shape: [Int]
  ) -> Flow {
    let x = frames(x, at: path)
    switch kind {
    case .mean, .max:
      return node(
        kind == .mean ? "ReduceMean" : "ReduceMax", [x.name], at: path,
        ["axes": .integers([1]), "keepdims": .integer(0)], shape)
    case .first, .last:
      let step = kind == .first ? 0 : x.shape[1] - 1
      let one = sliced(x, step..<step + 1, axis: 1, at: path, x.shape)
      return node(
        "Squeeze", [one.name, constant(below(path, "axes"), integers: [1])], at: path, shape)
    }
  }

  /// The mean and the deviation of each channel, one beside the other.
  mutating func statisticsPool(_ x: Flow, at path: String, _ shape: [Int]) -> Flow {
    let places: [String: Attribute] = ["axes": .integers([2, 3])]
    let point = [1, 1, 1, x.shape[3]]
    let pixels = Float(x.shape[1] * x.shape[2])
    let mean = node("ReduceMean", [x.name], at: path, places, point)
    let centered = node("Sub", [x.name, mean.name], at: path, like: x)
    let squares = node("Mul", [centered.name, centered.name], at: path, like: x)
    let variance = node(
      "Mul",
      [
        node("ReduceMean", [squares.name], at: path, places, point).name,
        constant(below(path, "unbiased"), [], [pixels / (pixels - 1)]),
      ], at: path, point)
    let deviation = node("Sqrt", [variance.name], at: path, point)
    let columns = [mean, deviation].map { part in
      node(
        "Reshape",
        [part.name, constant(below(path, "column"), integers: [0, x.shape[3], 1])], at: path,
        [1, x.shape[3], 1]
      ).name
    }
    return node("Concat", columns, at: path, ["axis": .integer(2)], shape)
  }

  /// x · |x| / (1 + |x|²) along an axis of the graph.
  mutating func squashed(_ x: Flow, axis: Int, at path: String) -> Flow {
    let squares = node("Mul", [x.name, x.name], at: path, like: x)
    let sum = node(
      "ReduceSum", [squares.name, constant(below(path, "axis"), integers: [axis])], at: path,
      like: x)
    let length = node("Sqrt", [sum.name], at: path, like: x)
    let above = node(
      "Add", [sum.name, constant(below(path, "one"), [], [1])], at: path, like: x)
    let scale = node("Div", [length.name, above.name], at: path, like: x)
    return node("Mul", [x.name, scale.name], at: path, like: x)
  }

  /// Routing with its iterations one after another.
  mutating func routed(
    _ node: LayerNode, _ settings: CapsuleRouting.Settings, _ x: Flow, at path: String,
    _ shape: [Int]
  ) -> Flow {
    guard let weight = node["weight"]?.plain else { preconditionFailure("'\(path)' has no weight") }
    // [N, data, inputs] as [N, 1, inputs, data, 1], by [outputs, inputs, output data, data].
    let capsules = self.node(
      "Unsqueeze",
      [
        transposed(x, [0, 2, 1], at: path).name,
        constant(below(path, "axes"), integers: [1, 4]),
      ], at: path, like: x)
    let products = self.node(
      "MatMul", [parameter(below(path, "weight"), weight), capsules.name], at: path, like: x)
    let predictions = self.node(
      "Squeeze", [products.name, constant(below(path, "axis"), integers: [4])], at: path, like: x)
    // [N, outputs, inputs, output data]; without agreement all shares are alike.
    let kept: [String: Attribute] = ["axes": .integers([2])]
    var sum = self.node("ReduceMean", [predictions.name], at: path, kept, like: x)
    var output = squashed(sum, axis: 3, at: path)
    var agreement: Flow?
    for _ in 1..<max(1, settings.iterations) {
      let own = self.node("Mul", [predictions.name, output.name], at: path, like: x)
      let all = agreement.map { self.node("Add", [$0.name, own.name], at: path, like: x) } ?? own
      agreement = all
      let shares = self.node("Softmax", [all.name], at: path, ["axis": .integer(2)], like: x)
      let weighed = self.node("Mul", [shares.name, predictions.name], at: path, like: x)
      sum = self.node(
        "ReduceSum", [weighed.name, constant(below(path, "inputs"), integers: [2])], at: path,
        like: x)
      output = squashed(sum, axis: 3, at: path)
    }
    let flat = self.node(
      "Squeeze", [output.name, constant(below(path, "axis"), integers: [2])], at: path, like: x)
    return Flow(name: transposed(flat, [0, 2, 1], at: path).name, shape: shape)
  }
}
