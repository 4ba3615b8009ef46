import Engine
import Foundation
import Testing

@testable import ONNX

/// What the engine's layers compute, compared with the operators' definitions.
struct PlanTests {
  private var randomness = RandomSource(seed: 7)

  private mutating func values(_ shape: [Int], from low: Double = -1) -> Value {
    Value(
      Tensor(
        shape: shape,
        values: (0..<shape.reduce(1, *)).map { _ in Float(randomness.uniform(low...1)) }))
  }

  private func node(
    _ operation: String, _ inputs: [Int?], _ output: Int, _ attributes: [String: Attribute] = [:]
  ) -> Node {
    Node(
      name: "n\(output)", operation: operation, inputs: inputs, outputs: [output],
      attributes: attributes)
  }

  /// The outputs by the plan and by the definitions, node by node.
  private func both(_ graph: Graph, _ x: Value) throws -> (planned: Value, defined: Value) {
    var known = graph.constants
    known[0] = x
    for node in graph.nodes {
      let results = try graph.results(of: node, node.inputs.map { $0.flatMap { known[$0] } })
      if let output = node.outputs[0] { known[output] = results[0] }
    }
    let defined = try #require(known[graph.outputs[0].value])
    return (try Session(graph).run(["x": x])[0], defined)
  }

  private func graph(_ nodes: [Node], _ constants: [Int: Value], output: Int) -> Graph {
    Graph(
      opset: 17, valueCount: 100, constants: constants, nodes: nodes,
      inputs: [Graph.Port(name: "x", value: 0, type: nil, shape: nil)],
      outputs: [Graph.Port(name: "y", value: output, type: nil, shape: nil)], metadata: [:])
  }

  private func expectClose(_ pair: (planned: Value, defined: Value)) {
    #expect(pair.planned.shape == pair.defined.shape)
    for (a, b) in zip(pair.planned.doubles, pair.defined.doubles) {
      #expect(abs(a - b) <= 2e-4 * max(1, abs(b)))
    }
  }

  /// A block with a shortcut, a squeeze and a classifier.
  @Test(arguments: [(3, 1, 1), (1, 1, 1), (3, 2, 1), (3, 1, 8)])
  mutating func aResidualBlockAgrees(kernel: Int, stride: Int, groups: Int) throws {
    let window: [String: Attribute] = [
      "strides": .integers([stride, stride]), "group": .integer(groups),
      "pads": .integers([Int](repeating: kernel / 2, count: 4)),
    ]
    let constants = [
      1: values([16, 16 / groups, kernel, kernel]), 2: values([16]), 3: values([16]),
      4: values([16]), 5: values([16]), 6: values([16], from: 0.5), 7: values([5, 32]),
      8: values([5]), 9: values([16, 16, 1, 1]),
    ]
    let graph = graph(
      [
        node("Conv", [0, 1, 2], 10, window),
        node("BatchNormalization", [10, 3, 4, 5, 6], 11),
        node("Relu", [11], 12),
        node("Conv", [12, 9], 13),
        node("Add", [13, 12], 14),
        node("GlobalAveragePool", [14], 15),
        node("Sigmoid", [15], 16),
        node("Mul", [14, 16], 17),
        node(
          "MaxPool", [17], 18,
          [
            "kernel_shape": .integers([3, 3]), "strides": .integers([2, 2]),
            "pads": .integers([1, 1, 1, 1]),
          ]),
        node("Concat", [18, 18], 19, ["axis": .integer(1)]),
        node("GlobalAveragePool", [19], 20),
        node("Flatten", [20], 21),
        node("Gemm", [21, 7, 8], 22, ["transB": .integer(1)]),
      ], constants, output: 22)
    expectClose(try both(graph, values([2, 16, 12, 12])))
  }

  /// Both ways through a block end in a convolution, and the later one takes the sum and the activation.
  @Test(arguments: [1, 3]) mutating func aSumOfTwoConvolutionsAgrees(kernel: Int) throws {
    let pads: [String: Attribute] = ["pads": .integers([Int](repeating: kernel / 2, count: 4))]
    let graph = graph(
      [
        node("Conv", [0, 1, 2], 10, pads),
        node("Relu", [0], 11),
        node("Conv", [11, 3, 4], 12),
        node("Add", [10, 12], 13),
        node("Relu", [13], 14),
      ],
      [
        1: values([24, 16, kernel, kernel]), 2: values([24]), 3: values([24, 16, 1, 1]),
        4: values([24]),
      ],
      output: 14)
    let session = try Session(graph)
    #expect(session.operations == ["Conv", "Relu", "Conv"])
    expectClose(try both(graph, values([2, 16, 9, 12])))
  }

  /// What is added to a convolution may be smaller than its pictures.
  @Test(arguments: [[1, 24, 1, 1], [2, 24, 9, 1], [1], [9, 12]])
  mutating func aSumOfAConvolutionWithAnotherShapeAgrees(shape: [Int]) throws {
    let nodes = [
      node("Conv", [0, 1], 10),
      node("Relu", [50], 11),
      node("Add", [11, 10], 12),
      node("LeakyRelu", [12], 13, ["alpha": .real(0.2)]),
    ]
    let ports = [("x", 0), ("z", 50)].map {
      Graph.Port(name: $0.0, value: $0.1, type: nil, shape: nil)
    }
    let given = Graph(
      opset: 17, valueCount: 100, constants: [1: values([24, 16, 1, 1])], nodes: nodes,
      inputs: ports, outputs: [Graph.Port(name: "y", value: 13, type: nil, shape: nil)],
      metadata: [:])
    let (x, z) = (values([2, 16, 9, 12]), values(shape))
    var known = given.constants
    (known[0], known[50]) = (x, z)
    for node in given.nodes {
      let results = try given.results(of: node, node.inputs.map { $0.flatMap { known[$0] } })
      if let output = node.outputs[0] { known[output] = results[0] }
    }
    let planned = try Session(given).run(["x": x, "z": z])[0]
    expectClose((planned, try #require(known[13])))
  }

  /// A convolution that others read, too, is left whole.
  @Test mutating func aConvolutionThatIsReadTwiceAgrees() throws {
    let graph = graph(
      [
        node("Conv", [0, 1], 10),
        node("Add", [10, 0], 11),
        node("Mul", [10, 11], 12),
      ], [1: values([16, 16, 1, 1])], output: 12)
    expectClose(try both(graph, values([1, 16, 5, 4])))
  }

  /// ConvNeXt's block behind its depthwise convolution: products over channels that come last, with a factor
  /// for each channel and a shortcut.
  @Test mutating func aBlockOfProductsAgrees() throws {
    let graph = graph(
      [
        node("Transpose", [0], 10, ["perm": .integers([0, 2, 3, 1])]),
        node("MatMul", [10, 1], 11),
        node("Add", [2, 11], 12),
        node("Gelu", [12], 13),
        node("MatMul", [13, 3], 14),
        node("Add", [14, 4], 15),
        node("Transpose", [15], 16, ["perm": .integers([0, 3, 1, 2])]),
        node("Mul", [5, 16], 17),
        node("Add", [17, 0], 18),
      ],
      [
        1: values([6, 24]), 2: values([24]), 3: values([24, 6]), 4: values([6]),
        5: values([1, 6, 1, 1]),
      ], output: 18)
    #expect(try Session(graph).operations == ["Transpose", "MatMul", "MatMul"])
    expectClose(try both(graph, values([2, 6, 5, 4])))
  }

  /// A transformer's: the factor and the sum on rows, and one product with an activation of its own.
  @Test(arguments: ["Relu", "Sigmoid", "Tanh", "Swish", "Gelu"])
  mutating func aBlockOfRowsAgrees(activation: String) throws {
    let graph = graph(
      [
        node("MatMul", [0, 1], 11),
        node(activation, [11], 12),
        node("MatMul", [12, 2], 13),
        node("Mul", [13, 3], 14),
        node("Add", [0, 14], 15),
      ], [1: values([8, 20]), 2: values([20, 8]), 3: values([8])], output: 15)
    #expect(try Session(graph).operations == ["MatMul", "MatMul"])
    expectClose(try both(graph, values([2, 7, 8])))
  }

  /// What is added to a product may be smaller than it.
  @Test mutating func aSumOfAProductWithAnotherShapeAgrees() throws {
    let graph = graph(
      [
        node("ReduceMean", [0], 10, ["axes": .integers([1]), "keepdims": .integer(1)]),
        node("MatMul", [0, 1], 11),
        node("Add", [10, 11], 12),
      ], [1: values([8, 8])], output: 12)
    expectClose(try both(graph, values([2, 7, 8])))
  }

  /// Activations of convolutions that cannot ride on every algorithm.
  @Test(arguments: ["Sigmoid", "Tanh", "Swish", "Gelu"])
  mutating func anActivationBehindAConvolutionAgrees(activation: String) throws {
    for (kernel, groups) in [(1, 1), (3, 1), (3, 16)] {
      let pads: [String: Attribute] = [
        "pads": .integers([Int](repeating: kernel / 2, count: 4)), "group": .integer(groups),
      ]
      let graph = graph(
        [node("Conv", [0, 1], 10, pads), node(activation, [10], 11)],
        [1: values([16, 16 / groups, kernel, kernel])], output: 11)
      #expect(try Session(graph).operations == ["Conv"])
      expectClose(try both(graph, values([2, 16, 9, 12])))
    }
  }

  @Test mutating func aProductWithAConstantMatrixAgrees() throws {
    let graph = graph([node("MatMul", [0, 1], 2)], [1: values([6, 4])], output: 2)
    expectClose(try both(graph, values([2, 3, 6])))
  }

  @Test mutating func wrongChannelsAreRefused() throws {
    let graph = graph([node("Conv", [0, 1], 2)], [1: values([4, 3, 3, 3])], output: 2)
    let session = try Session(graph)
    #expect(
      throws: ONNXError.failed(
        node: "n2", operation: "Conv",
        reason: "2 channels do not fit weights of [4, 3, 3, 3]")
    ) { _ = try session.run(["x": values([1, 2, 8, 8])]) }
  }

  @Test mutating func aWindowThatDoesNotFitIsRefused() throws {
    let graph = graph([node("Conv", [0, 1], 2)], [1: values([4, 3, 3, 3])], output: 2)
    let session = try Session(graph)
    #expect(
      throws: ONNXError.failed(
        node: "n2", operation: "Conv", reason: "a window of 3 does not fit into a length of 2")
    ) { _ = try session.run(["x": values([1, 3, 2, 2])]) }
  }
}
