import Detection
import Engine
import Faces
import Foundation
import Generation
import Media
import ONNX
import Records
import TestSupport
import Testing

@testable import Workflows

struct ONNXExportTests {
  /// The exported graph computes the detector's probability from pictures of 0 to 255, here and in ONNX
  /// Runtime, where there is one.
  @Test(arguments: NetworkArchitecture.allCases)
  func theGraphAgreesWithTheDetector(architecture: NetworkArchitecture) throws {
    let folder = try TemporaryFolder()
    var input = architecture.input
    input.side = min(input.side, max(architecture.sides.lowerBound, 64))
    let network = DetectorNetwork(
      architecture, side: input.side, randomness: RandomSource(seed: 5))
    for named in network.parameters where named.name.hasSuffix("gain") {
      named.parameter.plain = .random(named.parameter.plainShape, seed: 7)
    }
    // With random weights, values grow from block to block until the attention's softmax of their products
    // magnifies the last bits.
    for named in network.parameters
    where architecture == .f3net && named.name.hasSuffix("running_var") {
      let shape = named.parameter.plainShape
      named.parameter.plain = Tensor(
        shape: shape, values: [Float](repeating: 4, count: shape[0]))
    }
    let detector = NetworkDetector(network, input: input)
    let source = folder.path("best.safetensors")
    let calibration = try JSONDecoder().decode(
      Calibration.self, from: Data(#"{"method": "platt", "slope": 1.5, "intercept": 0.25}"#.utf8))
    try TrainedDetector(detector, calibration: calibration).write(to: source)
    let path = try ONNXExport(name: "mine", source: source)
      .write(to: folder.path("mine.onnx"))[0]

    let session = try Session(path: path)
    #expect(session.outputs.map(\.name) == ["probability", "logit"])
    #expect(session.metadata["detector"] == architecture.rawValue)
    let (given, logits) = try example(for: detector)
    let results = try session.run([session.inputs[0].name: Value(given)]).map(\.tensor)
    check(results, logits)
    try checkGradient(of: session, detector, at: given)
    guard TestPython.hasONNXRuntime else { return }
    check(try TestPython.outputs(ofGraph: path, [session.inputs[0].name: given]), logits)
  }

  /// Probabilities and logits of a graph against the detector's.
  private func check(_ results: [Tensor], _ logits: [Double]) {
    #expect(results.map(\.shape) == [[2, 1], [2, 1]])
    for (index, logit) in logits.enumerated() {
      let probability = 1 / (1 + exp(-(1.5 * logit + 0.25)))
      #expect(abs(Double(results[0].values[index]) - probability) < 1e-4)
      #expect(abs(Double(results[1].values[index]) - logit) < 1e-4 * max(1, abs(logit)))
    }
  }

  /// The gradient of the logits by the pictures, against that of the network itself.
  private func checkGradient(
    of session: Session, _ detector: NetworkDetector, at given: Tensor
  ) throws {
    guard let (network, input) = detector.differentiable else { return }
    let pictures = turned(given, channels: 3) { value, channel in
      (value / 255 - input.mean[channel]) / input.deviation[channel]
    }
    var saved = Saved(.evaluation)
    let logits = network.body.forward(pictures, saving: &saved)
    let expected = network.body.backward(
      Tensor(shape: logits.shape, values: [1, -0.5]), from: &saved)
    let name = session.inputs[0].name
    let found = try session.gradient([name: Value(given)], of: "logit", at: name) { _ in [1, -0.5] }
    // From the network's numbers back to 0 to 255.
    let own = turned(found.gradient, channels: 3) { value, channel in
      value * 255 * input.deviation[channel]
    }
    #expect(own.shape == expected.shape)
    #expect(relativeDistance(own, expected) < 0.01)
  }

  /// Two pictures or clips, as the graph takes them, and their logits.
  private func example(for detector: NetworkDetector) throws -> (Tensor, [Double]) {
    let (input, frames) = (detector.input, detector.architecture.frames)
    let given = Tensor.random(
      [2] + (frames > 1 ? [frames] : []) + [3, input.side, input.side], in: 0...255, seed: 6)
    let pictures = turned(given, channels: 3) { value, channel in
      (value / 255 - input.mean[channel]) / input.deviation[channel]
    }
    let logits = detector.logits(of: pictures)
    guard detector.readsFlow, let flow = detector.body.steps.first?.layer else {
      return (given, logits)
    }
    let field = flow(pictures)
    let plane = input.side * input.side
    let values = field.values
    return (
      Tensor(
        shape: [2, frames - 1, 2, input.side, input.side],
        values: values.indices.map { index in
          let (frame, rest) = index.quotientAndRemainder(dividingBy: 2 * plane)
          return values[frame * 2 * plane + rest % plane * 2 + rest / plane]
        }), logits
    )
  }

  /// Planes `[…, C, H, W]` as pixels `[…, H, W, C]`.
  private func turned(
    _ x: Tensor, channels: Int, _ change: (_ value: Float, _ channel: Int) -> Float
  ) -> Tensor {
    let plane = x.shape[x.shape.count - 2] * x.shape[x.shape.count - 1]
    let values = x.values
    return Tensor(
      shape: x.shape.dropLast(3) + x.shape.suffix(2) + [channels],
      values: values.indices.map { index in
        let (image, rest) = index.quotientAndRemainder(dividingBy: channels * plane)
        let channel = rest % channels
        return change(
          values[image * channels * plane + channel * plane + rest / channels], channel)
      })
  }

  @Test func featuresWithoutNetworkAreRefused() throws {
    let folder = try TemporaryFolder()
    let source = folder.path("best.safetensors")
    let pairs = ["standardizer.mean", "standardizer.deviation", "real.mean", "real.deviation"]
    try Checkpoint(
      tensors: (pairs + ["weight"]).map { ($0, Tensor(shape: [2], values: [1, 1])) }
        + [("intercept", Tensor(shape: [1], values: [0]))],
      metadata: [
        "kind": "dflab detector", "detector": "spectrum", "boundary": #"{"kernel": "none"}"#,
      ]
    ).write(to: source)
    #expect(
      throws: WorkflowError.notExportable(
        name: "mine",
        reason:
          "spectrum classifies features that dflab measures itself, not by the layers of a network")
    ) { _ = try ONNXExport(name: "mine", source: source).write(to: folder.path("mine.onnx")) }
  }

  @Test func otherModelsAreRefused() throws {
    let folder = try TemporaryFolder()
    let source = folder.path("best.safetensors")
    try Checkpoint(
      tensors: [],
      metadata: ["kind": "dflab pretrained network", "detector": "meso4"]
    ).write(to: source)
    #expect(
      throws: WorkflowError.notExportable(
        name: "mine", reason: "it is neither a detector nor a swap model")
    ) { _ = try ONNXExport(name: "mine", source: source).write(to: folder.path("mine.onnx")) }
  }

  private func save(_ model: SwapModel, _ settings: SwapSettings, to path: String) throws {
    try Checkpoint(
      tensors: model.parameters.map { ($0.name, $0.parameter.plain) },
      metadata: [
        "kind": SwapTrainer.kind, "architecture": settings.architecture.rawValue,
        "settings": String(decoding: try JSONEncoder().encode(settings), as: UTF8.self),
      ]
    ).write(to: path)
  }

  /// Both graphs of a swap model compute its swaps.
  @Test(arguments: [
    (SwapArchitecture.original, 64, true), (.original, 64, false), (.fast, 64, false),
    (.fast, 64, true), (.fast, 96, false), (.fast, 128, true), (.fast, 192, false),
  ])
  func theGraphsAgreeWithTheSwapModel(
    architecture: SwapArchitecture, side: Int, hasMask: Bool
  ) throws {
    let folder = try TemporaryFolder()
    let model = SwapModel(
      architecture, side: side, hasMask: hasMask, randomness: RandomSource(seed: 4))
    let source = folder.path("best.safetensors")
    var settings = SwapSettings(architecture)
    (settings.size, settings.mask) = (side, hasMask ? MaskTerms() : nil)
    try save(model, settings, to: source)
    let paths = try ONNXExport(name: "mine", source: source, data: ["alice", "bob"])
      .write(to: folder.path("mine.onnx"))
    #expect(paths == [folder.path("mine-a2b.onnx"), folder.path("mine-b2a.onnx")])

    let given = Tensor.random([2, 3, side, side], in: 0...255, seed: 6)
    let faces = turned(given, channels: 3) { value, _ in value / 255 }
    for (path, target) in zip(paths, [Side.b, .a]) {
      let session = try Session(path: path)
      #expect(session.inputs.map(\.name) == ["faces"])
      #expect(session.outputs.map(\.name) == (hasMask ? ["swapped", "mask"] : ["swapped"]))
      #expect(session.metadata["direction"] == (target == .b ? "a2b" : "b2a"))
      #expect(session.metadata["data"] == "alice, bob")
      let expected = model.swapped(faces, to: target)
      var all = [try session.run(["faces": Value(given)]).map(\.tensor)]
      if TestPython.hasONNXRuntime {
        all.append(try TestPython.outputs(ofGraph: path, ["faces": given]))
      }
      for results in all {
        let made = turned(results[0], channels: 3) { value, _ in value / 255 }
        #expect(allClose(made, expected.faces, tolerance: 1e-4))
        guard let masks = expected.masks else { continue }
        #expect(
          allClose(turned(results[1], channels: 1) { value, _ in value }, masks, tolerance: 1e-4))
      }
    }
  }

  /// The lines of the README swap a face, and mark the picture.
  @Test(
    .enabled(
      if: TestPython.hasONNXRuntime && TestPython.hasPillow,
      "no onnx, onnxruntime and pillow in Python: DFLAB_PYTHON names one that has them"))
  func theScriptOfTheReadmeSwaps() throws {
    let readme = try String(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "README.md"),
      encoding: .utf8)
    let script = try #require(
      readme.components(separatedBy: "```python\n").dropFirst().first?
        .components(separatedBy: "```").first)
    let folder = try TemporaryFolder()
    let model = SwapModel(.fast, side: 96, randomness: RandomSource(seed: 4))
    let source = folder.path("best.safetensors")
    var settings = SwapSettings(.fast)
    settings.size = 96
    try save(model, settings, to: source)
    _ = try ONNXExport(name: "demo", source: source).write(to: folder.path("demo.onnx"))
    try WholeFile.write(
      try gradientPictures(1, side: 256, seed: 1)[0].encoded(as: .jpeg(quality: 95), mark: nil),
      to: folder.path("crop.jpg"))
    let crop = try Image(reading: folder.path("crop.jpg"))
    _ = try TestPython.run("import os\nos.chdir('\(folder.path)')\n\(script)", [])

    let swapped = try Image(reading: folder.path("swapped.png"))
    #expect(
      try Mark.showing([folder.path("swapped.png")], at: folder.path)
        == .synthetic(by: Program.name))
    let expected = model.swap(Crop.face(crop, side: 96), to: .b).values
    #expect(swapped.width == 96 && swapped.height == 96)
    // Pillow's area averages may differ by one level.
    for (value, level) in zip(expected, swapped.pixels) {
      #expect(abs(255 * value - Float(level)) < 4)
    }
  }
}
