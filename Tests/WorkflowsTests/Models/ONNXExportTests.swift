import Detection
import Engine
import Foundation
import ONNX
import TestSupport
import Testing

@testable import Workflows

struct ONNXExportTests {
  /// The exported graph computes the detector's probability from pictures of 0 to 255.
  @Test(arguments: [
    NetworkArchitecture.cnn, .cnnBN, .meso4, .mesoinception4, .resnet18, .resnet50,
    .efficientnetLite0, .efficientnetB0, .xception,
  ])
  func theGraphAgreesWithTheDetector(architecture: NetworkArchitecture) throws {
    let folder = try TemporaryFolder()
    var input = architecture.input
    input.side = min(input.side, max(architecture.sides.lowerBound, 64))
    let network = DetectorNetwork(
      architecture, side: input.side, randomness: RandomSource(seed: 5))
    let detector = NetworkDetector(network, input: input)
    let source = folder.path("best.safetensors")
    let calibration = try JSONDecoder().decode(
      Calibration.self, from: Data(#"{"method": "platt", "slope": 1.5, "intercept": 0.25}"#.utf8))
    try TrainedDetector(detector, calibration: calibration).write(to: source)
    let path = try ONNXExport.write(source, named: "mine", to: folder.path("mine.onnx"))

    let session = try Session(path: path)
    #expect(session.inputs.map(\.name) == ["pictures"])
    #expect(session.outputs.map(\.name) == ["probability"])
    #expect(session.metadata["detector"] == architecture.rawValue)
    var chance = RandomSource(seed: 6)
    let plane = input.side * input.side
    let values = (0..<3 * plane).map { _ in Float(chance.uniform(0...255)) }
    let result = try session.run([
      "pictures": Value(Tensor(shape: [1, 3, input.side, input.side], values: values))
    ])[0].tensor
    let picture = Tensor(
      shape: [1, input.side, input.side, 3],
      values: (0..<3 * plane).map { index in
        let channel = index % 3
        return (values[channel * plane + index / 3] / 255 - input.mean[channel])
          / input.deviation[channel]
      })
    let logit = detector.logits(of: picture)[0]
    #expect(result.shape == [1, 1])
    #expect(abs(Double(result.values[0]) - 1 / (1 + exp(-(1.5 * logit + 0.25)))) < 1e-4)
  }

  @Test func aNetworkWithoutCounterpartIsRefused() throws {
    let folder = try TemporaryFolder()
    let architecture = NetworkArchitecture.f3net
    let network = DetectorNetwork(
      architecture, side: architecture.input.side, randomness: RandomSource(seed: 5))
    let source = folder.path("best.safetensors")
    try TrainedDetector(NetworkDetector(network, input: architecture.input)).write(to: source)
    #expect(
      throws: WorkflowError.notExportable(
        name: "mine", reason: "ONNX has no counterpart to a layer of f3net")
    ) { _ = try ONNXExport.write(source, named: "mine", to: folder.path("mine.onnx")) }
  }
}
