import Engine
import Foundation
import Testing

@testable import ONNX

/// Derivatives of graphs, compared with differences of what the graphs compute.
struct GradientTests {
  private var randomness = RandomSource(seed: 11)

  private mutating func values(_ shape: [Int], _ range: ClosedRange<Double> = -1...1) -> Value {
    Value(
      Tensor(
        shape: shape,
        values: (0..<shape.reduce(1, *)).map { _ in Float(randomness.uniform(range)) }))
  }

  private func node(
    _ operation: String, _ inputs: [Int?], _ outputs: [Int?],
    _ attributes: [String: Attribute] = [:]
  ) -> Node {
    Node(
      name: "\(operation)\(outputs)", operation: operation, inputs: inputs, outputs: outputs,
      attributes: attributes)
  }

  private func session(
    _ nodes: [Node], _ constants: [Int: Value], output: Int, opset: Int = 17
  ) throws -> Session {
    try Session(
      Graph(
        opset: opset, valueCount: 40, constants: constants, nodes: nodes,
        inputs: [Graph.Port(name: "x", value: 0, type: nil, shape: nil)],
        outputs: [Graph.Port(name: "y", value: output, type: nil, shape: nil)], metadata: [:]))
  }

  /// Compares the gradient of a random sum of the output with central differences along random directions.
  private mutating func expectDerivative(
    _ session: Session, at x: Value, step: Float = 2e-3, tolerance: Double = 2e-2
  ) throws {
    let y = try session.run(["x": x])[0]
    let slopes = (0..<y.count).map { _ in randomness.uniform(-1...1) }
    let result = try session.gradient(["x": x], of: "y", at: "x") { _ in slopes }
    #expect(result.gradient.shape == x.shape)
    #expect(result.output.shape == y.shape)
    for (a, b) in zip(result.output.doubles, y.doubles) {
      #expect(abs(a - b) < 1e-4 * max(1, abs(b)))
    }
    func sum(_ x: Tensor) throws -> Double {
      zip(try session.run(["x": Value(x)])[0].doubles, slopes).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let gradient = result.gradient.values
    let size = gradient.reduce(0) { $0 + Double($1 * $1) }.squareRoot()
    for _ in 0..<3 {
      let direction = (0..<x.count).map { _ in Float(randomness.uniform(-1...1)) }
      let toward = Tensor(shape: x.shape, values: direction)
      let difference =
        (try sum(x.tensor.adding(toward, times: step))
          - (try sum(x.tensor.adding(toward, times: -step)))) / Double(2 * step)
      let expected = zip(gradient, direction).reduce(0) { $0 + Double($1.0 * $1.1) }
      #expect(abs(difference - expected) <= tolerance * max(0.1, size))
    }
  }

  @Test(arguments: [
    "Relu", "Sigmoid", "Tanh", "HardSwish", "Softplus", "Softsign", "Mish", "Erf", "Exp", "Neg",
    "Abs", "Sin", "Cos", "LeakyRelu", "Elu", "Selu", "HardSigmoid", "Swish", "Gelu", "Identity",
  ])
  mutating func functionsOfElements(operation: String) throws {
    let session = try session([node(operation, [0], [1])], [:], output: 1)
    // Away from corners.
    var x = values([2, 3, 4], 0.1...2)
    x = Value(
      Tensor(shape: x.shape, values: x.tensor.values.enumerated().map { $0 % 2 == 0 ? $1 : -$1 }))
    try expectDerivative(session, at: x)
  }

  @Test(arguments: ["Log", "Sqrt", "Reciprocal"])
  mutating func functionsOfPositiveElements(operation: String) throws {
    try expectDerivative(
      try session([node(operation, [0], [1])], [:], output: 1), at: values([3, 4], 0.5...2))
  }

  @Test mutating func shapedFunctions() throws {
    let tanh: [String: Attribute] = ["approximate": .text("tanh")]
    try expectDerivative(
      try session([node("Gelu", [0], [1], tanh)], [:], output: 1, opset: 20), at: values([3, 5]))
    let bounds = [
      2: Value(Tensor(shape: [], values: [-0.5])), 3: Value(Tensor(shape: [], values: [0.5])),
    ]
    try expectDerivative(
      try session([node("Clip", [0, 2, 3], [1])], bounds, output: 1), at: values([3, 5]))
  }

  @Test(arguments: [
    ("Add", [3, 1]), ("Sub", [3, 1]), ("Mul", [4]), ("Div", [2, 3, 4]), ("Sum", [1, 3, 4]),
  ])
  mutating func pairsWithRepetition(operation: String, shape: [Int]) throws {
    let other = values(shape, 0.5...1.5)
    let x = values([2, 3, 4], 0.5...1.5)
    try expectDerivative(
      try session([node(operation, [0, 1], [2])], [1: other], output: 2), at: x)
    // The other way round, with a value that is computed and repeated.
    let reversed = [
      node("ReduceMean", [0], [3], ["axes": .integers([1]), "keepdims": .integer(1)]),
      node(operation, [3, 0], [2]),
    ]
    try expectDerivative(try session(reversed, [:], output: 2), at: x)
  }

  @Test mutating func powersSlopesAndChoices() throws {
    try expectDerivative(
      try session(
        [node("Pow", [0, 1], [2])], [1: Value(Tensor(shape: [1], values: [3]))], output: 2),
      at: values([2, 5], 0.5...1.5))
    try expectDerivative(
      try session([node("PRelu", [0, 1], [2])], [1: values([3, 1, 1])], output: 2),
      at: values([2, 3, 2, 2]))
    let mask = Value(.bool, [2, 3], integers: [1, 0, 1, 0, 0, 1])
    try expectDerivative(
      try session(
        [node("Exp", [0], [3]), node("Where", [1, 0, 3], [2])], [1: mask], output: 2),
      at: values([2, 3]))
  }

  @Test mutating func movedElements() throws {
    let x = values([2, 4, 3, 3])
    func numbers(_ list: [Int]) -> Value { Value(integers: list, shape: [list.count]) }
    try expectDerivative(
      try session(
        [node("Transpose", [0], [1], ["perm": .integers([0, 2, 3, 1])])], [:], output: 1),
      at: x)
    try expectDerivative(
      try session(
        [node("Slice", [0, 1, 2, 3, 4], [5])],
        [1: numbers([3, 0]), 2: numbers([-9, 3]), 3: numbers([1, 2]), 4: numbers([-2, 2])],
        output: 5),
      at: x)
    try expectDerivative(
      try session(
        [
          node("Split", [0], [1, 2], ["axis": .integer(1)]),
          node("Mul", [1, 2], [3]), node("Concat", [3, 0, 1], [4], ["axis": .integer(1)]),
        ], [:], output: 4, opset: 13), at: x)
    try expectDerivative(
      try session(
        [node("Gather", [0, 1], [2], ["axis": .integer(1)])], [1: numbers([2, 2, 0])], output: 2),
      at: x)
    try expectDerivative(
      try session(
        [node("Pad", [0, 1, 2], [3])],
        [1: numbers([0, 0, 1, 0, 0, 0, 2, 1]), 2: Value(Tensor(shape: [], values: [3]))], output: 3),
      at: x)
    try expectDerivative(
      try session(
        [node("Pad", [0, 1], [3], ["mode": .text("reflect")])],
        [1: numbers([0, 0, 1, 1, 0, 0, 1, 1])],
        output: 3), at: x)
    try expectDerivative(
      try session(
        [node("DepthToSpace", [0], [1], ["blocksize": .integer(2)])], [:], output: 1), at: x)
    try expectDerivative(
      try session(
        [node("Reshape", [0, 1], [2]), node("Expand", [2, 3], [4])],
        [1: numbers([2, 1, 36]), 3: numbers([2, 3, 36])], output: 4), at: x)
    try expectDerivative(
      try session([node("Tile", [0, 1], [2])], [1: numbers([1, 2, 1, 3])], output: 2), at: x)
  }

  @Test(arguments: ["ReduceSum", "ReduceMean", "ReduceL2", "ReduceSumSquare", "ReduceMax"])
  mutating func rowsMadeOneNumber(operation: String) throws {
    let x = values([2, 3, 4])
    let isInput = operation == "ReduceSum"
    let attributes: [String: Attribute] =
      isInput ? ["keepdims": .integer(0)] : ["axes": .integers([1, -1]), "keepdims": .integer(0)]
    try expectDerivative(
      try session(
        [node(operation, isInput ? [0, 2] : [0], [1], attributes)],
        [2: Value(integers: [1, -1], shape: [2])], output: 1), at: x)
    try expectDerivative(try session([node(operation, [0], [1])], [:], output: 1), at: x)
  }

  @Test mutating func functionsOfRows() throws {
    let x = values([2, 3, 4])
    for (operation, axis) in [("Softmax", 1), ("Softmax", -1), ("LogSoftmax", -1)] {
      try expectDerivative(
        try session([node(operation, [0], [1], ["axis": .integer(axis)])], [:], output: 1), at: x)
    }
    try expectDerivative(
      try session([node("Softmax", [0], [1])], [:], output: 1, opset: 11), at: x)
    try expectDerivative(
      try session(
        [node("LayerNormalization", [0, 1, 2], [3], ["axis": .integer(-2)])],
        [1: values([3, 4]), 2: values([4])], output: 3), at: x)
    try expectDerivative(
      try session(
        [node("RMSNormalization", [0, 1], [3])], [1: values([4])], output: 3, opset: 23), at: x)
    try expectDerivative(
      try session(
        [node("InstanceNormalization", [0, 1, 2], [3])], [1: values([3]), 2: values([3])], output: 3
      ),
      at: values([2, 3, 4, 2]))
  }

  @Test mutating func productsOfComputedMatrices() throws {
    // Attention: softmax(x · xᵀ) · x.
    try expectDerivative(
      try session(
        [
          node("Transpose", [0], [1], ["perm": .integers([0, 2, 1])]),
          node("MatMul", [0, 1], [2]), node("Softmax", [2], [3]), node("MatMul", [3, 0], [4]),
        ], [:], output: 4), at: values([2, 3, 4]))
    try expectDerivative(
      try session([node("MatMul", [1, 0], [2])], [1: values([5, 3])], output: 2),
      at: values([2, 3, 4]))
    try expectDerivative(
      try session(
        [
          node(
            "Gemm", [1, 0, 2], [3], ["transB": .integer(1), "alpha": .real(0.5), "beta": .real(2)])
        ],
        [1: values([2, 4]), 2: values([3])], output: 3), at: values([3, 4]))
  }

  @Test mutating func poolingAndWindows() throws {
    // Far enough apart that no difference changes which one is largest.
    var order = Array(0..<168)
    for index in order.indices.dropLast() {
      order.swapAt(index, Int(randomness.uniform(Double(index)...167.999)))
    }
    let x = Value(Tensor(shape: [1, 4, 7, 6], values: order.map { Float($0) / 84 - 1 }))
    let odd: [String: Attribute] = [
      "kernel_shape": .integers([3, 2]), "strides": .integers([2, 2]), "ceil_mode": .integer(1),
      "pads": .integers([1, 0, 1, 1]),
    ]
    for operation in ["MaxPool", "AveragePool"] {
      try expectDerivative(try session([node(operation, [0], [1], odd)], [:], output: 1), at: x)
      let even: [String: Attribute] = [
        "kernel_shape": .integers([2, 2]), "strides": .integers([2, 2]),
      ]
      try expectDerivative(try session([node(operation, [0], [1], even)], [:], output: 1), at: x)
    }
    for operation in ["GlobalAveragePool", "GlobalMaxPool"] {
      try expectDerivative(try session([node(operation, [0], [1])], [:], output: 1), at: x)
    }
    // Without a layer of the engine: another padding on each side, a kernel that is no square, groups.
    let attributes: [String: Attribute] = [
      "strides": .integers([2, 1]), "pads": .integers([1, 0, 0, 2]),
      "dilations": .integers([1, 2]),
      "group": .integer(2),
    ]
    try expectDerivative(
      try session(
        [node("Conv", [0, 1, 2], [3], attributes)], [1: values([6, 2, 2, 3]), 2: values([6])],
        output: 3),
      at: x)
  }

  @Test(arguments: [1, 4]) mutating func layersOfTheEngine(groups: Int) throws {
    // Convolution, normalization, activation; a shortcut; squeeze and excitation; a classifier.
    let window: [String: Attribute] = ["pads": .integers([1, 1, 1, 1]), "group": .integer(groups)]
    let constants = [
      1: values([8, 8 / groups, 3, 3]), 2: values([8]), 3: values([8], 0.5...1.5), 4: values([8]),
      5: values([8]), 6: values([8], 0.5...1.5), 7: values([8, 8, 1, 1]), 8: values([2, 8]),
      9: values([2]),
    ]
    let nodes = [
      node("Conv", [0, 1, 2], [10], window),
      node("BatchNormalization", [10, 3, 4, 5, 6], [11]), node("Sigmoid", [11], [12]),
      node("Conv", [12, 7], [13]), node("Add", [13, 12], [14]), node("Relu", [14], [15]),
      node("GlobalAveragePool", [15], [16]), node("Sigmoid", [16], [17]),
      node("Mul", [15, 17], [18]), node("BatchNormalization", [18, 3, 4, 5, 6], [19]),
      node(
        "MaxPool", [19], [20], ["kernel_shape": .integers([2, 2]), "strides": .integers([2, 2])]),
      node("ReduceMean", [20], [21], ["axes": .integers([2, 3]), "keepdims": .integer(0)]),
      node("Gemm", [21, 8, 9], [22], ["transB": .integer(1)]),
    ]
    let session = try session(nodes, constants, output: 22)
    #expect(session.operations.count < nodes.count - 3, "steps of the engine")
    try expectDerivative(session, at: values([2, 8, 6, 6]), step: 5e-4)
    let map = try #require(
      try session.lastMap(["x": values([1, 8, 6, 6])], of: "y") { _ in [1, 0] })
    #expect(map.map.shape == [1, 3, 3, 8] && map.gradient.shape == map.map.shape)
  }

  @Test mutating func theLastMapOfPatchesIsBeforeTheClassTakesOver() throws {
    // Steps of a class and of 3×3 patches; attention in two blocks, then the class's step alone.
    var nodes: [Node] = []
    var x = 0
    for block in 0..<2 {
      let first = 10 * (block + 1)
      nodes += [
        node("Transpose", [x], [first], ["perm": .integers([0, 2, 1])]),
        node("MatMul", [x, first], [first + 1]), node("Softmax", [first + 1], [first + 2]),
        node("MatMul", [first + 2, x], [first + 3]), node("Add", [x, first + 3], [first + 4]),
      ]
      x = first + 4
    }
    nodes.append(node("Gather", [x, 1], [30], ["axis": .integer(1)]))
    let session = try session(nodes, [1: Value(integers: [0], shape: [1])], output: 30)
    let input = values([1, 10, 4])
    try expectDerivative(session, at: input)
    let map = try #require(
      try session.lastMap(["x": input], of: "y") { [Double](repeating: 1, count: $0.count) })
    #expect(map.map.shape == [1, 3, 3, 4])
    let first = try Session(
      Graph(
        opset: 17, valueCount: 40, constants: [:], nodes: Array(nodes.prefix(5)),
        inputs: [Graph.Port(name: "x", value: 0, type: nil, shape: nil)],
        outputs: [Graph.Port(name: "y", value: 14, type: nil, shape: nil)], metadata: [:])
    ).run(["x": input])[0]
    #expect(map.map.values == Array(first.tensor.values.dropFirst(4)), "what enters the last block")
  }

  @Test mutating func whatHasNoDerivativeIsNamed() throws {
    let session = try session(
      [node("TopK", [0, 1], [2, 3])], [1: Value(integers: [2], shape: [1])], output: 2)
    let input = values([2, 5])
    #expect(
      throws: ONNXError.unsupported(
        what: "the derivative of TopK", nodes: ["TopK[Optional(2), Optional(3)]"])
    ) {
      _ = try session.gradient(["x": input], of: "y", at: "x") {
        [Double](repeating: 1, count: $0.count)
      }
    }
    let constant = try self.session(
      [node("Shape", [0], [1]), node("Cast", [1], [2], ["to": .integer(1)])], [:], output: 2)
    #expect(throws: ONNXError.invalid(reason: "the output 'y' does not depend on the input 'x'")) {
      _ = try constant.gradient(["x": input], of: "y", at: "x") {
        [Double](repeating: 1, count: $0.count)
      }
    }
  }
}
