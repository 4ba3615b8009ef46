internal import Engine

/// The nodes of attention.
extension GraphWriter {
  /// Pictures as a matrix each, `[N, C, H · W]`.
  private mutating func flat(_ x: Flow, at path: String) -> Flow {
    node(
      "Reshape", [x.name, constant(below(path, "matrix"), integers: [0, x.shape[3], -1])],
      at: path, [1, x.shape[3], x.shape[1] * x.shape[2]])
  }

  private mutating func product(_ a: Flow, _ b: Flow, at path: String) -> Flow {
    node("MatMul", [a.name, b.name], at: path, like: a)
  }

  private mutating func softmax(_ x: Flow, at path: String) -> Flow {
    node("Softmax", [x.name], at: path, ["axis": .integer(-1)], like: x)
  }

  /// The children of a layer by their names.
  private func child(_ name: String, of node: LayerNode) -> any Layer {
    guard let child = node.children.first(where: { $0.name == name }) else {
      preconditionFailure("no layer '\(name)'")
    }
    return child.layer
  }

  mutating func selfAttention(
    _ node: LayerNode, _ x: Flow, at path: String
  ) throws(ONNXError) -> Flow {
    var parts: [Flow] = []
    for name in ["query", "key", "value"] {
      let own = below(path, name)
      let y = try layer(child(name, of: node), x, at: own)
      parts.append(flat(y, at: own))
    }
    let query = transposed(parts[0], [0, 2, 1], at: path)
    let shares = softmax(product(query, parts[1], at: path), at: path)
    let taken = product(parts[2], transposed(shares, [0, 2, 1], at: path), at: path)
    return added(
      taken, to: x, times: parameter(below(path, "gain"), node["gain"]), at: path)
  }

  /// Matrices `[N, C, H · W]`, times a number, added to pictures.
  private mutating func added(
    _ matrix: Flow, to x: Flow, times gain: String, at path: String
  ) -> Flow {
    let picture = self.node(
      "Reshape",
      [
        matrix.name,
        constant(below(path, "picture"), integers: [0, x.shape[3], x.shape[1], x.shape[2]]),
      ], at: path, like: x)
    let scaled = self.node("Mul", [picture.name, gain], at: path, like: x)
    return self.node("Add", [x.name, scaled.name], at: path, like: x)
  }

  private mutating func parameter(_ name: String, _ own: Parameter?) -> String {
    guard let own else { preconditionFailure("no parameter '\(name)'") }
    return parameter(name, own.plain)
  }

  mutating func mixAttention(
    _ node: LayerNode, _ x: Flow, at path: String
  ) throws(ONNXError) -> Flow {
    let query = try layer(child("query", of: node), x, at: below(path, "query"))
    let key = try layer(child("key", of: node), x, at: below(path, "key"))
    let scores = product(query, transposed(key, [0, 1, 3, 2], at: path), at: path)
    let (first, second) = halves(scores, at: path)
    let shares = softmax(
      self.node("Add", [first.name, second.name], at: path, like: first), at: path)
    let (own, other) = halves(x, at: path)
    var parts: [Flow] = []
    for (index, stream) in [other, own].enumerated() {
      let weighed = self.node("Mul", [stream.name, shares.name], at: path, like: stream)
      let gain = node["gain"]?.plain.values[index] ?? 0
      parts.append(
        self.node(
          "Mul",
          [
            weighed.name,
            constant(below(path, "factor"), [], [2 * GraphWriter.logistic(gain) - 1]),
          ], at: path, like: stream))
    }
    return self.node("Concat", parts.map(\.name), at: path, ["axis": .integer(1)], like: x)
  }

  /// The halves of the channels of pictures.
  private mutating func halves(_ x: Flow, at path: String) -> (Flow, Flow) {
    let half = x.shape[3] / 2
    let shape: [Int] = x.shape.dropLast() + [half]
    return (
      sliced(x, 0..<half, axis: 1, at: path, shape),
      sliced(x, half..<2 * half, axis: 1, at: path, shape)
    )
  }

  mutating func crossAttention(
    _ node: LayerNode, _ x: Flow, at path: String
  ) throws(ONNXError) -> Flow {
    let (first, second) = halves(x, at: path)
    let streams = [first, second]
    let pixels = x.shape[1] * x.shape[2]
    var (keys, values): ([Flow], [Flow]) = ([], [])
    for (index, stream) in streams.enumerated() {
      let key = try layer(
        child("key\(index + 1)", of: node), stream, at: below(path, "key\(index + 1)"))
      let alike = try layer(child("shared", of: node), key, at: below(path, "shared"))
      keys.append(flat(alike, at: path))
      let name = "value\(index + 1)"
      let value = try layer(child(name, of: node), stream, at: below(path, name))
      values.append(flat(value, at: path))
    }
    let energy = product(transposed(keys[0], [0, 2, 1], at: path), keys[1], at: path)
    var parts: [Flow] = []
    for (index, stream) in streams.enumerated() {
      let own = index == 0 ? energy : transposed(energy, [0, 2, 1], at: path)
      let sequence = Flow(name: own.name, shape: [1, pixels, pixels])
      let name = "score\(index + 1)"
      let scores = try eachFrame((name, child(name, of: node)), sequence, at: path)
      let shares = softmax(scores, at: path)
      let taken = product(
        values[1 - index], transposed(shares, [0, 2, 1], at: path), at: path)
      let gain = node["gain"]?.plain.values[index] ?? 0
      parts.append(
        added(taken, to: stream, times: constant(below(path, "gain"), [], [gain]), at: path))
    }
    return self.node("Concat", parts.map(\.name), at: path, ["axis": .integer(1)], like: x)
  }

  mutating func multiHeadAttention(
    _ node: LayerNode, _ settings: MultiHeadAttention.Settings, _ x: Flow, at path: String,
    _ shape: [Int]
  ) throws(ONNXError) -> Flow {
    let (steps, channels) = (x.shape[1], x.shape[2])
    let depth = channels / settings.heads
    let asking =
      settings.queries == .all ? x : sliced(x, 0..<1, axis: 1, at: path, [1, 1, channels])
    var parts: [Flow] = []
    for (name, input) in [("query", asking), ("key", x), ("value", x)] {
      let y = try eachFrame((name, child(name, of: node)), input, at: path)
      let heads = self.node(
        "Reshape",
        [
          y.name,
          constant(below(path, "heads"), integers: [0, input.shape[1], settings.heads, depth]),
        ], at: path, [1, input.shape[1], settings.heads, depth])
      // Keys are transposed for the product.
      parts.append(transposed(heads, name == "key" ? [0, 2, 3, 1] : [0, 2, 1, 3], at: path))
    }
    let query = self.node(
      "Mul",
      [
        parts[0].name, constant(below(path, "scale"), [], [1 / Float(depth).squareRoot()]),
      ], at: path, like: parts[0])
    let shares = softmax(product(query, parts[1], at: path), at: path)
    let taken = transposed(product(shares, parts[2], at: path), [0, 2, 1, 3], at: path)
    let count = settings.queries == .all ? steps : 1
    let joined = self.node(
      "Reshape", [taken.name, constant(below(path, "joined"), integers: [-1, channels])],
      at: path, [1, channels])
    let y = try layer(child("out", of: node), joined, at: below(path, "out"))
    guard settings.queries == .all else { return y }
    return self.node(
      "Reshape", [y.name, constant(below(path, "steps"), integers: [-1, count, channels])],
      at: path, shape)
  }

  /// The step "class" is a row of zeros, to which its values are added with the positions.
  mutating func patchTokens(
    _ node: LayerNode, _ x: Flow, at path: String, _ shape: [Int]
  ) throws(ONNXError) -> Flow {
    let patches = node.children[0]
    let y = try layer(patches.layer, x, at: below(path, patches.name))
    let steps = transposed(flat(y, at: path), [0, 2, 1], at: path)
    let padded = self.node(
      "Pad", [steps.name, constant(below(path, "pads"), integers: [0, 1, 0, 0, 0, 0])],
      at: path, shape)
    guard let first = node["class"]?.plain.values, var rows = node["position"]?.plain.values else {
      preconditionFailure("'\(path)' has no positions")
    }
    for (index, value) in first.enumerated() { rows[index] += value }
    return self.node(
      "Add", [padded.name, constant(below(path, "position"), shape, rows)], at: path, shape)
  }
}
