internal import Engine

/// The nodes of each operation of the engine.
extension GraphWriter {
  mutating func node(
    of node: LayerNode, _ x: Flow, at path: String, output shape: [Int]
  ) throws(ONNXError) -> Flow {
    switch node.operation {
    case .chain:
      var flow = x
      for child in node.children {
        flow = try layer(child.layer, flow, at: below(path, child.name))
      }
      return flow
    case .sum, .product, .concatenation:
      return try combined(node, x, at: path, shape)
    case .frames: return try eachFrame(node.children[0], x, at: path)
    case .detached: return try layer(node.children[0].layer, x, at: path)
    case .dropout, .stochasticDepth: return x
    case .convolution(let settings):
      return convolution(node, settings, x, at: path, shape)
    case .convolution3D(let settings):
      return convolution(node, settings, x, at: path, shape)
    case .recurrent(let settings): return recurrent(node, settings, x, at: path, shape)
    case .capsuleRouting(let settings): return routed(node, settings, x, at: path, shape)
    case .dense(_, _, let activation):
      let inputs = [x.name] + parameters(["weight", "bias"], of: node, at: path)
      let y = self.node("Gemm", inputs, at: path, ["transB": .integer(1)], shape)
      return activated(y, activation, at: path)
    case .selfAttention: return try selfAttention(node, x, at: path)
    case .mixAttention: return try mixAttention(node, x, at: path)
    case .crossAttention: return try crossAttention(node, x, at: path)
    case .multiHeadAttention(let settings):
      return try multiHeadAttention(node, settings, x, at: path, shape)
    case .patchTokens: return try patchTokens(node, x, at: path, shape)
    case .bandStatistics(let settings):
      return bandStatistics(node, settings, x, at: path, shape)
    case .squeezeExcitation:
      return try squeezed(node, x, at: path)
    case .spectralNormalization: return try divided(node, x, at: path)
    case .activation(let activation): return activated(x, activation, at: path)
    case .parametricReLU:
      guard let slope = node["weight"]?.plain else { break }
      let x = volume(x, at: path)
      let around = [Int](repeating: 1, count: max(0, x.shape.count - channelAxis(x) - 1))
      let name = constant(below(path, "weight"), [slope.count] + around, slope.values)
      return self.node("PRelu", [x.name, name], at: path, like: x)
    case .softmax:
      return self.node(
        "Softmax", [x.name], at: path, ["axis": .integer(channelAxis(x))], like: x)
    case .squash: return squashed(x, axis: channelAxis(x), at: path)
    case .polar(let part):
      if let y = polar(part, x, at: path, shape) { return y }
    case .frequencyBand(let band): return frequencyBand(node, band, x, at: path)
    case .batchNormalization(let epsilon, _, let activation):
      let x = volume(x, at: path)
      let names = ["weight", "bias", "running_mean", "running_var"]
      let y = self.node(
        "BatchNormalization", [x.name] + parameters(names, of: node, at: path), at: path,
        ["epsilon": .real(Double(epsilon))], shape)
      return activated(y, activation, at: path)
    case .instanceNormalization(let epsilon) where x.shape.count == 4:
      let channels = x.shape[3]
      let gain = node["weight"]?.plain.values ?? [Float](repeating: 1, count: channels)
      let shift = node["bias"]?.plain.values ?? [Float](repeating: 0, count: channels)
      return self.node(
        "InstanceNormalization",
        [
          x.name, constant(below(path, "weight"), [channels], gain),
          constant(below(path, "bias"), [channels], shift),
        ], at: path, ["epsilon": .real(Double(epsilon))], shape)
    case .layerNormalization(let epsilon) where x.shape.count < 4:
      return self.node(
        "LayerNormalization", [x.name] + parameters(["weight", "bias"], of: node, at: path),
        at: path, ["epsilon": .real(Double(epsilon))], shape)
    case .channels(let range): return sliced(x, range, axis: channelAxis(x), at: path, shape)
    case .channelMax:
      return Flow(
        name: name("ReduceMax", [x.name], at: path, ["axes": .integers([channelAxis(x)])]),
        shape: shape, isFramesFirst: x.isFramesFirst)
    case .maxPool(let window):
      return self.node("MaxPool", [x.name], at: path, attributes(window), shape)
    case .averagePool(let window):
      return self.node(
        "AveragePool", [x.name], at: path,
        attributes(window).merging(["count_include_pad": .integer(1)]) { first, _ in first }, shape)
    case .maxPool3D(let window):
      let x = volume(x, at: path)
      return self.node("MaxPool", [x.name], at: path, attributes(window, x.shape, shape), shape)
    case .averagePool3D(let window):
      let x = volume(x, at: path)
      let attributes = attributes(window, x.shape, shape)
      return self.node(
        "AveragePool", [x.name], at: path,
        attributes.merging(["count_include_pad": .integer(1)]) { first, _ in first }, shape)
    case .globalAveragePool: return pooled(x, at: path, shape)
    case .temporalPool(let kind): return temporalPool(kind, x, at: path, shape)
    case .statisticsPool: return statisticsPool(x, at: path, shape)
    case .cosineTransform(let direction): return cosineTransform(direction, x, at: path)
    case .fourierTransform(let direction):
      return fourierTransform(direction, x, at: path, shape)
    case .resize(let filter, _):
      let isNearest = filter == .nearest
      return self.node(
        "Resize",
        [
          x.name, "",
          constant(
            below(path, "scales"), [4],
            [1, 1, Float(shape[1]) / Float(x.shape[1]), Float(shape[2]) / Float(x.shape[2])]),
        ], at: path,
        [
          "mode": .text(isNearest ? "nearest" : "linear"), "nearest_mode": .text("floor"),
          "coordinate_transformation_mode": .text(isNearest ? "asymmetric" : "half_pixel"),
        ], shape)
    case .pixelShuffle(let factor):
      return self.node(
        "DepthToSpace", [x.name], at: path, ["blocksize": .integer(factor), "mode": .text("CRD")],
        shape)
    case .pixelUnshuffle(let factor): return unshuffled(x, factor, at: path, shape)
    case .flatten, .reshape: return reshaped(x, to: shape, at: path)
    default: break
    }
    throw .unsupported(
      what: "the layer \("\(node.operation)".prefix { $0 != "(" })", nodes: [path])
  }

  /// The initializers of those parameters that a layer has.
  mutating func parameters(
    _ names: [String], of node: LayerNode, at path: String
  ) -> [String] {
    names.compactMap { name in
      node[name].map { parameter(below(path, name), $0.plain) }
    }
  }

  // MARK: Combinations

  private mutating func combined(
    _ node: LayerNode, _ x: Flow, at path: String, _ shape: [Int]
  ) throws(ONNXError) -> Flow {
    var parts: [Flow] = []
    for child in node.children {
      parts.append(try layer(child.layer, x, at: below(path, child.name)))
    }
    if !parts.allSatisfy(\.isFramesFirst) {
      for index in parts.indices { parts[index] = volume(parts[index], at: path) }
    }
    // As the parts are ordered, so is what they make.
    var flow = Flow(name: "", shape: shape, isFramesFirst: parts[0].isFramesFirst)
    if node.operation == .concatenation {
      return self.node(
        "Concat", parts.map(\.name), at: path, ["axis": .integer(channelAxis(flow))], like: flow)
    }
    // A gate of one number per channel is spread over the pixels.
    for index in parts.indices where parts[index].shape.count == 2 && shape.count == 4 {
      parts[index] = spread(parts[index], at: path)
    }
    var name = parts[0].name
    for part in parts.dropFirst() {
      flow = self.node(
        node.operation == .sum ? "Add" : "Mul", [name, part.name], at: path, like: flow)
      name = flow.name
    }
    return flow
  }

  /// Numbers `[N, C]` as pictures of one pixel.
  private mutating func spread(_ x: Flow, at path: String) -> Flow {
    node(
      "Unsqueeze", [x.name, constant(below(path, "axes"), integers: [2, 3])], at: path,
      [1, 1, 1, x.shape[1]])
  }

  private mutating func squeezed(
    _ node: LayerNode, _ x: Flow, at path: String
  ) throws(ONNXError) -> Flow {
    let means = pooled(x, at: path, [1, x.shape[3]])
    let gates = try layer(node.children[0].layer, means, at: path)
    let spread = spread(gates, at: path)
    return self.node("Mul", [x.name, spread.name], at: path, x.shape)
  }

  /// The layer with its weight divided by the largest singular value, u · (weight v).
  private mutating func divided(
    _ node: LayerNode, _ x: Flow, at path: String
  ) throws(ONNXError) -> Flow {
    let child = node.children[0]
    if let u = node["u"]?.value.values, let v = node["v"]?.value.values,
      let weight = child.layer.node["weight"]?.plain.values
    {
      var norm = 0.0
      for (row, left) in u.enumerated() {
        var sum = 0.0
        for (column, right) in v.enumerated() {
          sum += Double(weight[row * v.count + column]) * Double(right)
        }
        norm += Double(left) * sum
      }
      divisors[below(below(path, child.name), "weight")] = Float(norm)
    }
    return try layer(child.layer, x, at: below(path, child.name))
  }

  // MARK: Changes of shape

  /// The mean of each channel.
  private mutating func pooled(_ x: Flow, at path: String, _ shape: [Int]) -> Flow {
    guard x.shape.count > 3, !x.isFramesFirst else {
      let axes = x.isFramesFirst ? [1, 3, 4] : [1]
      return node(
        "ReduceMean", [x.name], at: path, ["axes": .integers(axes), "keepdims": .integer(0)], shape)
    }
    let means = node("GlobalAveragePool", [x.name], at: path, shape)
    return node("Flatten", [means.name], at: path, shape)
  }

  private mutating func unshuffled(
    _ x: Flow, _ factor: Int, at path: String, _ shape: [Int]
  ) -> Flow {
    let blocks = node(
      "Reshape",
      [
        x.name,
        constant(
          below(path, "blocks"), integers: [0, x.shape[3], shape[1], factor, shape[2], factor]),
      ], at: path, shape)
    let turned = transposed(blocks, [0, 1, 3, 5, 2, 4], at: path)
    return node(
      "Reshape",
      [
        turned.name,
        constant(below(path, "shape"), integers: [0, shape[3], shape[1], shape[2]]),
      ], at: path, shape)
  }
}
