import Engine
import Foundation
import TestSupport
import Testing

@testable import ONNX

/// Whole networks, as PyTorch exports them.
struct ModelTests {
  @Test(
    .enabled(
      if: TestPython.hasTorchModels,
      "no torch, torchvision, timm, transformers, onnxscript in Python: DFLAB_PYTHON names one that has them"
    ))
  func smallNetworksComputeWhatPyTorchDoes() throws {
    let folder = try TemporaryFolder()
    let script = try String(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "export.py"), encoding: .utf8)
    _ = try TestPython.run(script, [folder.path])
    let shapes = try JSONDecoder().decode(
      [String: [Int]].self, from: Data(contentsOf: URL(filePath: folder.path("models.json"))))
    #expect(shapes.count == 10)
    for (name, shape) in shapes {
      let x = Value(Tensor(shape: shape, values: try floats(folder.path("\(name).x"))))
      let y = try floats(folder.path("\(name).y"))
      for ending in ["", "-older"] {
        let session = try Session(path: folder.path("\(name)\(ending).onnx"))
        let own = try session.run(["x": x])[0].tensor.values
        let largest = y.map(abs).max() ?? 0
        #expect(own.count == y.count, "\(name)\(ending)")
        for (a, b) in zip(own, y) {
          #expect(abs(a - b) <= 1e-3 * max(1, largest), "\(name)\(ending)")
        }
      }
    }
  }

  private func floats(_ path: String) throws -> [Float] {
    let data = try Data(contentsOf: URL(filePath: path))
    return stride(from: 0, to: data.count, by: 4).map { place in
      Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(data[place + $1]) << (8 * $1) })
    }
  }
}
