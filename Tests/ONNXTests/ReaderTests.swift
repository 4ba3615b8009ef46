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
}
