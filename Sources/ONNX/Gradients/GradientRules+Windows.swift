internal import Engine

/// Convolutions and pooling that the engine has no layer for.
extension GradientRules {
  static let windows: [String: GradientRule] = [
    "Conv": convolution,
    "MaxPool": { (call) throws(OperatorFault) in
      let x = try call.x()
      guard let definition = OperatorTable.named["MaxPool"] else {
        throw OperatorFault(unsupported: "the operator MaxPool")
      }
      // In the order of rows, whatever the node asks for.
      var attributes = call.call.node.attributes
      attributes["storage_order"] = nil
      let node = Node(
        name: "", operation: "MaxPool", inputs: [0], outputs: [0, 1], attributes: attributes)
      let results = try definition.compute(
        OperatorCall(node: node, opset: call.call.opset, inputs: [Value(x)]))
      let sources = try results[1].indices()
      let slopes = try call.dy().values
      var sums = [Float](repeating: 0, count: x.count)
      for (index, source) in sources.enumerated() { sums[source] += slopes[index] }
      return [Tensor(shape: x.shape, values: sums)]
    },
    "AveragePool": { (call) throws(OperatorFault) in
      let x = try call.x()
      let grid = try WindowGrid(call.call, over: x.shape)
      let countsPadding = try call.call.flag("count_include_pad")
      let (places, taps, windows) = (grid.places, grid.taps, grid.windows)
      let plane = grid.input.reduce(1, *)
      let slopes = try call.dy().values
      var sums = [Float](repeating: 0, count: x.count)
      for window in 0..<windows {
        let own = places[window * taps..<(window + 1) * taps]
        let count = own.count { $0 >= 0 || countsPadding && $0 == WindowGrid.padding }
        for index in 0..<x.shape[0] * x.shape[1] {
          let share = slopes[index * windows + window] / Float(count)
          for place in own where place >= 0 { sums[index * plane + place] += share }
        }
      }
      return [Tensor(shape: x.shape, values: sums)]
    },
  ]

  /// Spreads each output over its window: a transposed convolution by the same weights.
  private static let convolution: GradientRule = { (call) throws(OperatorFault) in
    let (x, weight) = (try call.call.input(0), try call.call.input(1))
    let kernel = Array(weight.shape[2...])
    let grid = try WindowGrid(call.call, over: x.shape, kernel: kernel)
    let extra = grid.input.indices.map { axis in
      let reach = (kernel[axis] - 1) * grid.dilations[axis] + 1
      return grid.input[axis] + grid.before[axis] + grid.after[axis]
        - (grid.output[axis] - 1) * grid.strides[axis] - reach
    }
    var attributes = call.call.node.attributes.filter { $0.key == "group" }
    attributes["strides"] = .integers(grid.strides)
    attributes["dilations"] = .integers(grid.dilations)
    attributes["pads"] = .integers(grid.before + grid.after)
    attributes["output_padding"] = .integers(extra)
    let node = Node(
      name: call.call.node.name, operation: "ConvTranspose", inputs: [0, 1], outputs: [0],
      attributes: attributes)
    guard let definition = OperatorTable.named["ConvTranspose"] else {
      throw OperatorFault(unsupported: "the operator ConvTranspose")
    }
    let results = try definition.compute(
      OperatorCall(node: node, opset: call.call.opset, inputs: [Value(try call.dy()), weight]))
    // Weights are constants.
    return [results[0].tensor, nil, nil].prefix(call.call.inputs.count).map { $0 }
  }
}
