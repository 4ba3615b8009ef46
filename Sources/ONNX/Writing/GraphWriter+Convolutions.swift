internal import Engine

/// The nodes of convolutions, windows and functions of single values.
extension GraphWriter {
  /// The zeros at each end of an axis, which "same" leaves to the size of the picture.
  private func padding(
    _ size: Int, to output: Int, reach: Int, stride: Int, even: Int?
  ) -> (before: Int, after: Int) {
    if let even { return (even, even) }
    let total = max(0, (output - 1) * stride + reach - size)
    return (total / 2, total - total / 2)
  }

  mutating func convolution(
    _ node: LayerNode, _ settings: LayerOperation.Convolution, _ x: Flow, at path: String,
    _ shape: [Int]
  ) -> Flow {
    var even: Int?
    if case .even(let width) = settings.padding { even = width }
    let reach = (settings.kernel - 1) * settings.dilation + 1
    let pads = (1...2).map {
      padding(x.shape[$0], to: shape[$0], reach: reach, stride: settings.stride, even: even)
    }
    let y = self.node(
      "Conv", [x.name] + parameters(["weight", "bias"], of: node, at: path), at: path,
      [
        "kernel_shape": .integers([settings.kernel, settings.kernel]),
        "strides": .integers([settings.stride, settings.stride]),
        "dilations": .integers([settings.dilation, settings.dilation]),
        "group": .integer(settings.groups),
        "pads": .integers(pads.map(\.before) + pads.map(\.after)),
      ], shape)
    return activated(y, settings.activation, at: path)
  }

  mutating func convolution(
    _ node: LayerNode, _ settings: LayerOperation.Convolution3D, _ x: Flow, at path: String,
    _ shape: [Int]
  ) -> Flow {
    let x = volume(x, at: path)
    let window = VolumeWindow(
      kernel: settings.kernel, stride: settings.stride, padding: settings.padding)
    let y = self.node(
      "Conv", [x.name] + parameters(["weight", "bias"], of: node, at: path), at: path,
      attributes(window, x.shape, shape), shape)
    return activated(y, settings.activation, at: path)
  }

  func attributes(_ window: PoolingWindow) -> [String: Attribute] {
    [
      "kernel_shape": .integers([window.kernel, window.kernel]),
      "strides": .integers([window.stride, window.stride]),
      "pads": .integers([Int](repeating: window.padding, count: 4)),
    ]
  }

  func attributes(
    _ window: VolumeWindow, _ input: [Int], _ output: [Int]
  ) -> [String: Attribute] {
    let (kernel, stride) = (window.kernel, window.stride)
    let kernels = [kernel.frames, kernel.side, kernel.side]
    let strides = [stride.frames, stride.side, stride.side]
    var even: [Int?] = [nil, nil, nil]
    if case .even(let width) = window.padding { even = [width.frames, width.side, width.side] }
    let pads = (0..<3).map {
      padding(
        input[$0 + 1], to: output[$0 + 1], reach: kernels[$0], stride: strides[$0], even: even[$0])
    }
    return [
      "kernel_shape": .integers(kernels), "strides": .integers(strides),
      "pads": .integers(pads.map(\.before) + pads.map(\.after)),
    ]
  }

  mutating func activated(_ x: Flow, _ activation: Activation, at path: String) -> Flow {
    func clipped(_ low: Float, _ high: Float) -> Flow {
      node(
        "Clip",
        [
          x.name, constant(below(path, "lowest"), [], [low]),
          constant(below(path, "highest"), [], [high]),
        ], at: path, like: x)
    }
    switch activation {
    case .identity: return x
    case .relu: return node("Relu", [x.name], at: path, like: x)
    case .leakyReLU(let slope):
      return node("LeakyRelu", [x.name], at: path, ["alpha": .real(Double(slope))], like: x)
    case .relu6: return clipped(0, 6)
    case .hardTanh(let limit): return clipped(-limit, limit)
    case .sigmoid: return node("Sigmoid", [x.name], at: path, like: x)
    case .tanh: return node("Tanh", [x.name], at: path, like: x)
    case .silu:
      let gate = node("Sigmoid", [x.name], at: path, like: x)
      return node("Mul", [x.name, gate.name], at: path, like: x)
    case .quickGELU:
      let scaled = node("Mul", [x.name, number(1.702, "factor", at: path)], at: path, like: x)
      let gate = node("Sigmoid", [scaled.name], at: path, like: x)
      return node("Mul", [x.name, gate.name], at: path, like: x)
    case .gelu:
      let scaled = node(
        "Div", [x.name, number(Float(2).squareRoot(), "root", at: path)], at: path, like: x)
      let erf = node("Erf", [scaled.name], at: path, like: x)
      let sum = node("Add", [erf.name, number(1, "one", at: path)], at: path, like: x)
      let half = node("Mul", [x.name, number(0.5, "half", at: path)], at: path, like: x)
      return node("Mul", [half.name, sum.name], at: path, like: x)
    }
  }

  private mutating func number(_ value: Float, _ name: String, at path: String) -> String {
    constant(below(path, name), [], [value])
  }
}
