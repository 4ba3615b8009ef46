internal import Engine

/// The nodes of each operation of the engine.
extension GraphWriter {
  mutating func node(
    of node: LayerNode, _ x: Flow, at path: String, output shape: [Int]
  ) throws(ONNXError) -> Flow {
    func own(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
    switch node.operation {
    case .chain:
      var flow = x
      for child in node.children {
        flow = try layer(child.layer, flow, at: below(path, child.name))
      }
      return flow
    case .sum, .product, .concatenation:
      return try combined(node, x, at: path, shape)
    case .detached: return try layer(node.children[0].layer, x, at: path)
    case .dropout, .stochasticDepth: return x
    case .convolution(let settings):
      return convolution(node, settings, x, at: path, shape)
    case .dense(_, _, let activation):
      var inputs = [x.name]
      for name in ["weight", "bias"] {
        if let parameter = node[name] { inputs.append(self.parameter(own(name), parameter.plain)) }
      }
      let y = self.node("Gemm", inputs, at: path, ["transB": .integer(1)], shape)
      return activated(y, activation, at: path)
    case .activation(let activation): return activated(x, activation, at: path)
    case .parametricReLU:
      guard let slope = node["weight"]?.plain else { break }
      let around = [Int](repeating: 1, count: x.shape.count == 4 ? 2 : 0)
      let name = constant(own("weight"), [slope.count] + around, slope.values)
      return self.node("PRelu", [x.name, name], at: path, shape)
    case .softmax:
      return self.node(
        "Softmax", [x.name], at: path, ["axis": .integer(x.shape.count == 4 ? 1 : -1)], shape)
    case .batchNormalization(let epsilon, _, let activation):
      let inputs = ["weight", "bias", "running_mean", "running_var"].compactMap { name in
        node[name].map { (name, $0.plain) }
      }
      let y = self.node(
        "BatchNormalization", [x.name] + inputs.map { parameter(own($0.0), $0.1) }, at: path,
        ["epsilon": .real(Double(epsilon))], shape)
      return activated(y, activation, at: path)
    case .instanceNormalization(let epsilon) where x.shape.count == 4:
      let channels = x.shape[3]
      let gain = node["weight"]?.plain.values ?? [Float](repeating: 1, count: channels)
      let shift = node["bias"]?.plain.values ?? [Float](repeating: 0, count: channels)
      return self.node(
        "InstanceNormalization",
        [
          x.name, constant(own("weight"), [channels], gain),
          constant(own("bias"), [channels], shift),
        ], at: path, ["epsilon": .real(Double(epsilon))], shape)
    case .layerNormalization(let epsilon) where x.shape.count < 4:
      let inputs = ["weight", "bias"].compactMap { name in node[name].map { (name, $0.plain) } }
      return self.node(
        "LayerNormalization", [x.name] + inputs.map { parameter(own($0.0), $0.1) }, at: path,
        ["epsilon": .real(Double(epsilon))], shape)
    case .channels(let range):
      let axis = x.shape.count == 4 ? 1 : x.shape.count - 1
      return self.node(
        "Slice",
        [
          x.name, constant(own("start"), integers: [range.lowerBound]),
          constant(own("end"), integers: [range.upperBound]),
          constant(own("axis"), integers: [axis]),
        ], at: path, shape)
    case .channelMax where x.shape.count == 4:
      return self.node("ReduceMax", [x.name], at: path, ["axes": .integers([1])], shape)
    case .maxPool(let window):
      return self.node("MaxPool", [x.name], at: path, attributes(window), shape)
    case .averagePool(let window):
      return self.node(
        "AveragePool", [x.name], at: path,
        attributes(window).merging(["count_include_pad": .integer(1)]) { first, _ in first }, shape)
    case .globalAveragePool where x.shape.count == 4:
      let pooled = self.node("GlobalAveragePool", [x.name], at: path, [1, 1, 1, x.shape[3]])
      return self.node("Flatten", [pooled.name], at: path, shape)
    case .globalAveragePool where x.shape.count == 3:
      return self.node(
        "ReduceMean", [x.name], at: path, ["axes": .integers([1]), "keepdims": .integer(0)], shape)
    case .squeezeExcitation:
      return try squeezed(node, x, at: path)
    case .resize(let filter, _):
      let isNearest = filter == .nearest
      return self.node(
        "Resize",
        [
          x.name, "",
          constant(
            own("scales"), [4],
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
    case .flatten:
      // The engine's order is pixel by pixel.
      let pixels = isPointlike(x) ? x : transposed(x, [0, 2, 3, 1], at: path)
      return self.node("Flatten", [pixels.name], at: path, shape)
    case .reshape:
      let pixels = isPointlike(x) ? x : transposed(x, [0, 2, 3, 1], at: path)
      let isPictures = shape.count == 4
      let y = self.node(
        "Reshape", [pixels.name, constant(own("shape"), integers: [0] + shape.dropFirst())],
        at: path, shape)
      return isPictures ? transposed(y, [0, 3, 1, 2], at: path) : y
    default: break
    }
    throw .unsupported(
      what: "the layer \("\(node.operation)".prefix { $0 != "(" })", nodes: [path])
  }

  private func below(_ path: String, _ name: String) -> String {
    path.isEmpty ? name : name.isEmpty ? path : "\(path).\(name)"
  }

  /// Whether the order of rows, columns and channels makes no difference.
  private func isPointlike(_ x: Flow) -> Bool {
    x.shape.count < 4 || x.shape[3] == 1 || x.shape[1] * x.shape[2] == 1
  }

  private mutating func transposed(_ x: Flow, _ order: [Int], at path: String) -> Flow {
    node("Transpose", [x.name], at: path, ["perm": .integers(order)], x.shape)
  }

  private mutating func combined(
    _ node: LayerNode, _ x: Flow, at path: String, _ shape: [Int]
  ) throws(ONNXError) -> Flow {
    var parts: [Flow] = []
    for child in node.children {
      parts.append(try layer(child.layer, x, at: below(path, child.name)))
    }
    if node.operation == .concatenation {
      let axis = shape.count == 4 ? 1 : shape.count - 1
      return self.node(
        "Concat", parts.map(\.name), at: path, ["axis": .integer(axis)], shape)
    }
    let operation = node.operation == .sum ? "Add" : "Mul"
    // A gate of one number per channel is spread over the pixels.
    for index in parts.indices where parts[index].shape.count == 2 && shape.count == 4 {
      parts[index] = spread(parts[index], at: path)
    }
    var flow = parts[0]
    for part in parts.dropFirst() {
      flow = self.node(operation, [flow.name, part.name], at: path, shape)
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
    let pooled = self.node("GlobalAveragePool", [x.name], at: path, [1, 1, 1, x.shape[3]])
    let means = self.node("Flatten", [pooled.name], at: path, [1, x.shape[3]])
    let gates = try layer(node.children[0].layer, means, at: path)
    let spread = spread(gates, at: path)
    return self.node("Mul", [x.name, spread.name], at: path, x.shape)
  }

  private mutating func convolution(
    _ node: LayerNode, _ settings: LayerOperation.Convolution, _ x: Flow, at path: String,
    _ shape: [Int]
  ) -> Flow {
    // The zeros at each side, which "same" leaves to the size of the picture.
    let pads = (1...2).map { axis -> (before: Int, after: Int) in
      if case .even(let width) = settings.padding { return (width, width) }
      let reach = (settings.kernel - 1) * settings.dilation + 1
      let total = max(0, (shape[axis] - 1) * settings.stride + reach - x.shape[axis])
      return (total / 2, total - total / 2)
    }
    var inputs = [x.name]
    for name in ["weight", "bias"] {
      if let parameter = node[name] {
        inputs.append(self.parameter(below(path, name), parameter.plain))
      }
    }
    let y = self.node(
      "Conv", inputs, at: path,
      [
        "kernel_shape": .integers([settings.kernel, settings.kernel]),
        "strides": .integers([settings.stride, settings.stride]),
        "dilations": .integers([settings.dilation, settings.dilation]),
        "group": .integer(settings.groups),
        "pads": .integers(pads.map(\.before) + pads.map(\.after)),
      ], shape)
    return activated(y, settings.activation, at: path)
  }

  private func attributes(_ window: PoolingWindow) -> [String: Attribute] {
    [
      "kernel_shape": .integers([window.kernel, window.kernel]),
      "strides": .integers([window.stride, window.stride]),
      "pads": .integers([Int](repeating: window.padding, count: 4)),
    ]
  }

  private mutating func activated(_ x: Flow, _ activation: Activation, at path: String) -> Flow {
    func clipped(_ low: Float, _ high: Float) -> Flow {
      node(
        "Clip",
        [
          x.name, constant(below(path, "lowest"), [], [low]),
          constant(below(path, "highest"), [], [high]),
        ], at: path, x.shape)
    }
    switch activation {
    case .identity: return x
    case .relu: return node("Relu", [x.name], at: path, x.shape)
    case .leakyReLU(let slope):
      return node("LeakyRelu", [x.name], at: path, ["alpha": .real(Double(slope))], x.shape)
    case .relu6: return clipped(0, 6)
    case .hardTanh(let limit): return clipped(-limit, limit)
    case .sigmoid: return node("Sigmoid", [x.name], at: path, x.shape)
    case .tanh: return node("Tanh", [x.name], at: path, x.shape)
    case .silu:
      let gate = node("Sigmoid", [x.name], at: path, x.shape)
      return node("Mul", [x.name, gate.name], at: path, x.shape)
    case .quickGELU:
      let scaled = node(
        "Mul", [x.name, constant(below(path, "factor"), [], [1.702])], at: path, x.shape)
      let gate = node("Sigmoid", [scaled.name], at: path, x.shape)
      return node("Mul", [x.name, gate.name], at: path, x.shape)
    case .gelu:
      let scaled = node(
        "Div", [x.name, constant(below(path, "root"), [], [Float(2).squareRoot()])], at: path,
        x.shape)
      let erf = node("Erf", [scaled.name], at: path, x.shape)
      let sum = node("Add", [erf.name, constant(below(path, "one"), [], [1])], at: path, x.shape)
      let half = node("Mul", [x.name, constant(below(path, "half"), [], [0.5])], at: path, x.shape)
      return node("Mul", [half.name, sum.name], at: path, x.shape)
    }
  }
}
