import Engine
import Foundation
import TestSupport
import Testing

@testable import ONNX

struct ReaderTests {
  private func tensor(_ name: String, _ shape: [Int], _ values: [Float]) -> Onnx_TensorProto {
    var tensor = Onnx_TensorProto()
    tensor.name = name
    tensor.dims = shape.map(Int64.init)
    tensor.dataType = 1
    tensor.floatData = values
    return tensor
  }

  private func node(_ operation: String, _ inputs: [String], _ output: String) -> Onnx_NodeProto {
    var node = Onnx_NodeProto()
    node.opType = operation
    node.name = "\(operation)-\(output)"
    node.input = inputs
    node.output = [output]
    return node
  }

  private func port(_ name: String) -> Onnx_ValueInfoProto {
    var port = Onnx_ValueInfoProto()
    port.name = name
    return port
  }

  /// y = relu(x + w), unless changed.
  private func model(_ change: (inout Onnx_ModelProto) -> Void = { _ in }) throws -> Data {
    var model = Onnx_ModelProto()
    var opset = Onnx_OperatorSetIdProto()
    opset.version = 17
    model.opsetImport = [opset]
    model.graph.node = [node("Add", ["x", "w"], "sum"), node("Relu", ["sum"], "y")]
    model.graph.initializer = [tensor("w", [2], [1, -5])]
    model.graph.input = [port("x")]
    model.graph.output = [port("y")]
    change(&model)
    return try model.serialized
  }

  private func session(_ data: Data, folder: URL? = nil) throws(ONNXError) -> Session {
    try Session(try ModelReader(folder: folder).graph(data, path: "m.onnx"))
  }

  @Test func aGraphIsComputed() throws {
    let session = try session(try model())
    let x = Value(Tensor(shape: [2, 2], values: [1, 2, 3, 10]))
    #expect(try session.run(["x": x])[0].tensor == Tensor(shape: [2, 2], values: [2, 0, 4, 5]))
  }

  @Test func nodesMayStandInAnyOrder() throws {
    let session = try session(try model { $0.graph.node.reverse() })
    #expect(try session.run(["x": Value(Tensor(shape: [1], values: [9]))])[0].shape == [2])
  }

  @Test func everyTruncationIsRefused() throws {
    let data = try model()
    for count in 0..<data.count {
      #expect(throws: ONNXError.self) {
        let session = try session(data.prefix(count))
        _ = try session.run([:])
      }
    }
  }

  @Test func cyclesAreRefused() throws {
    let data = try model { $0.graph.node[0].input = ["x", "y"] }
    #expect(throws: ONNXError.invalid(reason: "node 'Add-sum' waits for its own output")) {
      _ = try session(data)
    }
  }

  @Test func unknownOperatorsAreNamedWithTheirNodes() throws {
    let data = try model { $0.graph.node[1].opType = "Scramble" }
    #expect(
      throws: ONNXError.unsupported(what: "the operator Scramble", nodes: ["Relu-y"])
    ) { _ = try session(data) }
  }

  @Test func claimedSizesAreNotBelieved() throws {
    let data = try model {
      $0.graph.initializer[0].dims = [1 << 20, 1 << 20]
      $0.graph.initializer[0].floatData = [1]
    }
    #expect(
      throws: ONNXError.invalid(
        reason: "the tensor 'w' of shape [1048576, 1048576] holds 1 values")
    ) { _ = try session(data) }
  }

  @Test func hugeResultsAreRefused() throws {
    let data = try model {
      $0.graph.node = [node("ConstantOfShape", ["w"], "y")]
      $0.graph.initializer[0].dataType = 7
      $0.graph.initializer[0].floatData = []
      $0.graph.initializer[0].int64Data = [1 << 40, 1 << 40]
    }
    #expect(throws: ONNXError.self) { _ = try session(data) }
  }

  @Test(arguments: ["../secret", "/etc/passwd", "link"])
  func externalDataStaysInItsFolder(location: String) throws {
    let folder = try TemporaryFolder()
    let inner = folder.path("inner")
    try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: true)
    try Data(count: 8).write(to: URL(filePath: folder.path("secret")))
    try FileManager.default.createSymbolicLink(
      atPath: "\(inner)/link", withDestinationPath: folder.path("secret"))
    let data = try model {
      $0.graph.initializer[0].floatData = []
      $0.graph.initializer[0].dataLocation = .external
      var entry = Onnx_StringStringEntryProto()
      (entry.key, entry.value) = ("location", location)
      $0.graph.initializer[0].externalData = [entry]
    }
    #expect(
      throws: ONNXError.invalid(
        reason: "the external data of the tensor 'w' lies outside the model's folder, in "
          + "'\(location)'")
    ) { _ = try session(data, folder: URL(filePath: inner)) }
  }

  @Test func externalDataIsRead() throws {
    let folder = try TemporaryFolder()
    try Data([0, 0, 0, 0, 0, 0, 128, 63, 0, 0, 0, 64]).write(
      to: URL(filePath: folder.path("w.bin")))
    let data = try model {
      $0.graph.initializer[0].floatData = []
      $0.graph.initializer[0].dataLocation = .external
      $0.graph.initializer[0].externalData = [("location", "w.bin"), ("offset", "4")].map {
        var entry = Onnx_StringStringEntryProto()
        (entry.key, entry.value) = $0
        return entry
      }
    }
    let session = try session(data, folder: URL(filePath: folder.path))
    let x = Value(Tensor(zeros: [2]))
    #expect(try session.run(["x": x])[0].tensor == Tensor(shape: [2], values: [1, 2]))
  }

  @Test func wrongShapesNameTheNode() throws {
    let session = try session(try model())
    #expect(
      throws: ONNXError.failed(
        node: "Add-sum", operation: "Add", reason: "the shapes [3] and [2] do not fit together")
    ) { _ = try session.run(["x": Value(Tensor(zeros: [3]))]) }
  }

  @Test(arguments: [
    ("If", "the operator If"), ("Loop", "the operator Loop"), ("Scan", "the operator Scan"),
    ("QLinearConv", "the operator QLinearConv"),
    ("DequantizeLinear", "the operator DequantizeLinear"),
    ("StringSplit", "the operator StringSplit"),
  ])
  func controlFlowQuantizationAndStringsAreRefusedByName(operation: String, what: String) throws {
    let data = try model { model in
      model.graph.node[1].opType = operation
      var body = Onnx_AttributeProto()
      (body.name, body.type, body.g) = ("body", .graph, model.graph)
      model.graph.node[1].attribute = [body]
    }
    #expect(throws: ONNXError.unsupported(what: what, nodes: ["Relu-y"])) { _ = try session(data) }
  }

  @Test(arguments: [(8, "string"), (21, "uint4"), (14, "complex64")])
  func typesThatAreNotComputedAreNamed(number: Int, name: String) throws {
    let data = try model { $0.graph.initializer[0].dataType = Int32(number) }
    #expect(
      throws: ONNXError.unsupported(what: "the element type \(name) (of 'w')", nodes: [])
    ) { _ = try session(data) }
  }

  @Test func opsetsThatAreNotKnownAreNamed() throws {
    let data = try model { $0.opsetImport[0].version = 99 }
    #expect(throws: ONNXError.unsupported(what: "opset 99", nodes: [])) { _ = try session(data) }
  }

  @Test func otherDomainsAreNamedWithTheirNodes() throws {
    let data = try model {
      ($0.graph.node[1].domain, $0.graph.node[1].opType) = ("com.microsoft", "FusedConv")
    }
    #expect(
      throws: ONNXError.unsupported(
        what: "the operator com.microsoft.FusedConv", nodes: ["Relu-y"])
    ) { _ = try session(data) }
  }

  @Test func weightsThatAreNoNumbersAreRefused() throws {
    let data = try model { $0.graph.initializer[0].floatData = [1, .nan] }
    #expect(throws: ONNXError.invalid(reason: "the initializer 'w' holds NaN")) {
      _ = try session(data)
    }
    // Masks of attention hold infinities.
    _ = try session(try model { $0.graph.initializer[0].floatData = [1, -.infinity] })
  }

  @Test func tenClaimedGigabytesCostNothing() throws {
    let data = try model {
      $0.graph.initializer[0].dims = [10 << 28]
      $0.graph.initializer[0].floatData = []
      $0.graph.initializer[0].rawData = Data(count: 8)
    }
    #expect(
      throws: ONNXError.invalid(
        reason: "the tensor 'w' of shape [2684354560] holds 8 bytes")
    ) { _ = try session(data) }
  }

  @Test func externalDataIsNoPipe() throws {
    let folder = try TemporaryFolder()
    #expect(mkfifo(folder.path("w.bin"), 0o600) == 0)
    let data = try model {
      $0.graph.initializer[0].floatData = []
      $0.graph.initializer[0].dataLocation = .external
      var entry = Onnx_StringStringEntryProto()
      (entry.key, entry.value) = ("location", "w.bin")
      $0.graph.initializer[0].externalData = [entry]
    }
    #expect(
      throws: ONNXError.invalid(
        reason: "the external data of the tensor 'w' cannot be read from 'w.bin'")
    ) { _ = try session(data, folder: URL(filePath: folder.path)) }
  }

  /// What whole graphs become: spelled-out activations are one node.
  @Test func spelledOutActivationsAgreeWithTheirDefinitions() throws {
    let root = Float(2).squareRoot()
    let x = Value(Tensor(shape: [5], values: [-3, -0.5, 0, 0.7, 4]))
    // x / √2 → erf → + 1 → · x → · ½, and x · sigmoid(1.702 · x).
    let gelu = try model {
      $0.graph.initializer = [
        tensor("root", [], [root]), tensor("one", [], [1]), tensor("half", [], [0.5]),
      ]
      $0.graph.node = [
        node("Div", ["x", "root"], "a"), node("Erf", ["a"], "b"), node("Add", ["b", "one"], "c"),
        node("Mul", ["x", "c"], "d"), node("Mul", ["d", "half"], "y"),
      ]
    }
    let swish = try model {
      $0.graph.initializer = [tensor("slope", [], [1.702])]
      $0.graph.node = [
        node("Mul", ["x", "slope"], "a"), node("Sigmoid", ["a"], "b"),
        node("Mul", ["x", "b"], "y"),
      ]
    }
    // >>> x = torch.tensor([-3, -.5, 0, .7, 4]); F.gelu(x); x * torch.sigmoid(1.702 * x)
    let expected: [[Float]] = [
      [-0.0040497, -0.1542688, 0, 0.5306253, 3.9998734],
      [-0.0180701, -0.1496128, 0, 0.5369094, 3.9955891],
    ]
    for (data, values) in zip([gelu, swish], expected) {
      let y = try session(data).run(["x": x])[0].tensor.values
      for (a, b) in zip(y, values) { #expect(abs(a - b) < 2e-4) }
    }
  }
}
