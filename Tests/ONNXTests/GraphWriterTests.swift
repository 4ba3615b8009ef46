import Engine
import Foundation
import TestSupport
import Testing

@testable import ONNX

/// Exported networks, run again here and by ONNX Runtime.
struct GraphWriterTests {
  /// A network with most kinds of layers.
  private func network() -> Sequential {
    var chance = RandomSource(seed: 3)
    let side = Sequential([
      "conv": Conv2D(inputs: 8, outputs: 8, kernel: 1, bias: false, randomness: &chance),
      "norm": BatchNorm(channels: 8, activation: .silu),
    ])
    return Sequential([
      "stem": Conv2D(
        inputs: 3, outputs: 8, kernel: 3, stride: 2, padding: .same, activation: .relu,
        randomness: &chance),
      "block": Residual(
        Conv2D(inputs: 8, outputs: 8, kernel: 3, groups: 8, randomness: &chance), shortcut: side),
      "gelu": Activate(.gelu),
      "squeeze": SqueezeExcite(channels: 8, squeezed: 2, randomness: &chance),
      "leaky": Activate(.leakyReLU(0.1)),
      "both": Concatenated(children: [
        ("max", MaxPool(3, stride: 1, padding: 1)), ("mean", AveragePool(3, stride: 1, padding: 1)),
      ]),
      "shuffle": PixelShuffle(2),
      "up": Resize(.bilinear, scale: 2),
      "quick": Activate(.quickGELU),
      "down": MaxPool(4),
      "flatten": Flatten(),
      "dense": Dense(inputs: 4 * 64, outputs: 6, activation: .relu, randomness: &chance),
      "classifier": Dense(inputs: 6, outputs: 1, randomness: &chance),
    ])
  }

  private func pictures() -> (graph: Tensor, engine: Tensor) {
    var chance = RandomSource(seed: 9)
    let values = (0..<2 * 3 * 256).map { _ in Float(chance.uniform(0...255)) }
    let graph = Tensor(shape: [2, 3, 16, 16], values: values)
    let engine = Tensor(
      shape: [2, 16, 16, 3],
      values: (0..<values.count).map { index in
        let (image, rest) = index.quotientAndRemainder(dividingBy: 768)
        return (values[image * 768 + rest % 3 * 256 + rest / 3] - 128) / 64
      })
    return (graph, engine)
  }

  private func file(_ body: any Layer) throws -> Data {
    var writer = GraphWriter(name: "network")
    let input = writer.pictures("pictures", side: 16)
    let normalized = writer.normalized(
      input, mean: [128, 128, 128], deviation: [64, 64, 64])
    let logit = try writer.layer(body, normalized)
    writer.output(writer.probability(logit, slope: 2, offset: 0.5), named: "probability")
    return try writer.model(version: "test", metadata: ["threshold": "0.5"])
  }

  /// What the engine computes itself.
  private func expected(_ body: any Layer) -> [Float] {
    body(pictures().engine).values.map { 1 / (1 + exp(-(2 * $0 + 0.5))) }
  }

  @Test func anExportedNetworkIsReadBackAndAgrees() throws {
    let body = network()
    let data = try file(body)
    let session = try Session(try ModelReader(folder: nil).graph(data, path: "m.onnx"))
    #expect(session.metadata == ["threshold": "0.5"])
    let results = try session.run(["pictures": Value(pictures().graph)])[0].tensor
    #expect(results.shape == [2, 1])
    for (a, b) in zip(results.values, expected(body)) { #expect(abs(a - b) < 1e-4) }
  }

  @Test func parametersKeepTheirNames() throws {
    let message = try Onnx_ModelProto(bytes: try file(network()))
    let names = Set(message.graph.initializer.map(\.name))
    let parameters = network().parameters.map(\.name)
    #expect(names.isSuperset(of: parameters))
  }

  @Test func aLayerWithoutCounterpartIsRefusedByName() {
    var writer = GraphWriter(name: "network")
    let input = writer.pictures("pictures", side: 16)
    #expect(
      throws: ONNXError.unsupported(what: "the layer cosineTransform", nodes: ["dct"])
    ) { _ = try writer.layer(Sequential(["dct": CosineTransform(.forward)]), input) }
  }

  @Test(
    .enabled(
      if: TestPython.hasONNXRuntime,
      "no onnx and onnxruntime in Python: DFLAB_PYTHON names one that has them"))
  func onnxRuntimeAgrees() throws {
    let body = network()
    let folder = try TemporaryFolder()
    try file(body).write(to: URL(filePath: folder.path("m.onnx")))
    try Data(pictures().graph.values.map { "\($0)" }.joined(separator: " ").utf8)
      .write(to: URL(filePath: folder.path("x.txt")))
    let script = """
      import sys, numpy, onnx, onnxruntime
      path, values = sys.argv[1:3]
      onnx.checker.check_model(onnx.load(path), full_check=True)
      x = numpy.loadtxt(values, dtype=numpy.float32).reshape(2, 3, 16, 16)
      session = onnxruntime.InferenceSession(path)
      print(*session.run(None, {"pictures": x})[0].ravel())
      """
    let text = String(
      decoding: try TestPython.run(script, [folder.path("m.onnx"), folder.path("x.txt")]),
      as: UTF8.self)
    let numbers = text.split { $0.isWhitespace }.compactMap { Float($0) }
    #expect(numbers.count == 2)
    for (a, b) in zip(numbers, expected(body)) { #expect(abs(a - b) < 1e-4) }
  }
}
