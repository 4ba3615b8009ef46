import Engine
import Foundation
import TestSupport
import Testing

@testable import ONNX

/// Exported networks, run again here and by ONNX Runtime.
struct GraphWriterTests {
  private func file(_ network: ExportedNetwork, _ body: any Layer) throws -> Data {
    var writer = GraphWriter(name: "network")
    let input =
      network.frames > 1
      ? writer.clips("input", frames: network.frames, side: ExportedNetwork.side)
      : writer.pictures("input", side: ExportedNetwork.side)
    let normalized = writer.normalized(
      input, mean: [128, 128, 128], deviation: [64, 32, 64])
    writer.output(try writer.layer(body, normalized), named: "output")
    return try writer.model(version: "test", metadata: ["threshold": "0.5"])
  }

  /// What the engine computes itself.
  private func expected(_ network: ExportedNetwork, _ body: any Layer) -> Tensor {
    let input = network.input.engine
    let deviations: [Float] = [64, 32, 64]
    let y = body(
      Tensor(
        shape: input.shape,
        values: input.values.enumerated().map { ($1 - 128) / deviations[$0 % 3] }))
    return y.reshaped(to: [2, y.count / 2])
  }

  @Test(arguments: ExportedNetwork.allCases)
  func anExportedNetworkIsReadBackAndAgrees(network: ExportedNetwork) throws {
    let body = network.body
    let session = try Session(
      try ModelReader(folder: nil).graph(try file(network, body), path: "m.onnx"))
    #expect(session.metadata == ["threshold": "0.5"])
    let result = try session.run(["input": Value(network.input.graph)])[0].tensor
    #expect(allClose(result, expected(network, body), tolerance: 1e-4))
  }

  @Test(
    .enabled(
      if: TestPython.hasONNXRuntime,
      "no onnx and onnxruntime in Python: DFLAB_PYTHON names one that has them"),
    arguments: ExportedNetwork.allCases)
  func onnxRuntimeAgrees(network: ExportedNetwork) throws {
    let body = network.body
    let folder = try TemporaryFolder()
    try file(network, body).write(to: URL(filePath: folder.path("m.onnx")))
    let results = try TestPython.outputs(
      ofGraph: folder.path("m.onnx"), ["input": network.input.graph])
    #expect(results.count == 1)
    #expect(allClose(results[0], expected(network, body), tolerance: 1e-4))
  }

  @Test func parametersKeepTheirNames() throws {
    for network in [ExportedNetwork.pictures, .streams, .volumes] {
      let body = network.body
      let message = try Onnx_ModelProto(bytes: try file(network, body))
      let names = message.graph.initializer.map(\.name)
      #expect(Set(names).isSuperset(of: body.parameters.map(\.name)))
      // Weights that are used twice are written once.
      #expect(!names.contains { $0.hasSuffix("weight-2") })
    }
  }

  @Test func aLayerWithoutCounterpartIsRefusedByName() {
    var writer = GraphWriter(name: "network")
    let input = writer.clips("clips", frames: 2, side: 16)
    #expect(
      throws: ONNXError.unsupported(what: "the layer opticalFlow", nodes: ["flow"])
    ) { _ = try writer.layer(Sequential(["flow": OpticalFlow()]), input) }
  }
}
