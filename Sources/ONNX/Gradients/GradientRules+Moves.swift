internal import Engine

/// Operators that move elements, repeat them, or leave some out.
extension GradientRules {
  static let moves: [String: GradientRule] = [
    "Slice": moved, "Split": moved, "Gather": moved, "GatherElements": moved, "GatherND": moved,
    "Tile": moved, "Transpose": moved, "Concat": moved, "DepthToSpace": moved,
    "SpaceToDepth": moved, "Pad": moved, "Resize": moved,
    "Identity": reshaped, "Reshape": reshaped, "Flatten": reshaped, "Squeeze": reshaped,
    "Unsqueeze": reshaped, "Dropout": reshaped, "Cast": reshaped,
    "Expand": { (call) throws(OperatorFault) in
      [reduced(try call.dy(), to: try call.x().shape)]
    },
  ]

  private static let reshaped: GradientRule = { (call) throws(OperatorFault) in
    [try call.dy().reshaped(to: try call.x().shape)]
  }

  /// The operator applied to the numbers of the elements tells where each one went: 0 for elements that
  /// come from nowhere.
  private static let moved: GradientRule = { (call) throws(OperatorFault) in
    let node = call.call.node
    if node.operation == "Resize" {
      guard try call.call.text("mode", default: "nearest") == "nearest" else {
        throw OperatorFault(unsupported: "the derivative of Resize between pixels")
      }
    }
    var inputs = call.call.inputs
    var firsts: [Int?] = []
    var count = 0
    let data = node.operation == "Concat" ? inputs.count : 1
    for (index, input) in inputs.enumerated() {
      guard index < data, let input, input.type.isReal else {
        firsts.append(nil)
        continue
      }
      let numbers = (count + 1..<count + 1 + input.count).map { Int64($0) }
      inputs[index] = Value(.int64, input.shape, .integer(numbers))
      firsts.append(count)
      count += input.count
    }
    // What padding is filled with has no number.
    if node.operation == "Pad", inputs.count > 2, inputs[2] != nil {
      inputs[2] = Value(integers: [0], shape: [])
    }
    guard let definition = OperatorTable.named[node.operation] else {
      throw OperatorFault(unsupported: "the operator \(node.operation)")
    }
    let results = try definition.compute(
      OperatorCall(node: node, opset: call.call.opset, inputs: inputs))
    var sums = [Float](repeating: 0, count: count)
    for (result, gradient) in zip(results, call.gradients) {
      guard let gradient else { continue }
      let numbers = try result.integers()
      guard numbers.count == gradient.count else { throw OperatorFault("its output changed") }
      gradient.read { values in
        for (index, number) in numbers.enumerated() where number > 0 {
          sums[Int(number) - 1] += values[index]
        }
      }
    }
    return zip(call.call.inputs, firsts).map { input, first in
      guard let input, let first else { return nil }
      return Tensor(shape: input.shape, values: Array(sums[first..<first + input.count]))
    }
  }
}
