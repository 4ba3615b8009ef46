import Detection
import Engine
import Faces
import Foundation
import Media
import ONNX
import TestSupport
import Testing

@testable import Records
@testable import Workflows

/// A workspace with a graph from elsewhere: dark faces are fake, by the second of two logits.
private struct ForeignWorkshop {
  let shop: StripedWorkshop
  let file: String

  init() throws {
    shop = try StripedWorkshop()
    file = shop.folder.path("foreign.onnx")
    var writer = GraphWriter(name: "foreign")
    var randomness = RandomSource(seed: 1)
    let dense = Dense(inputs: 3, outputs: 2, randomness: &randomness)
    dense.node["weight"]?.plain = Tensor(shape: [2, 3], values: [1, 1, 1, -1, -1, -1])
    dense.node["bias"]?.plain = Tensor(shape: [2], values: [0, 0])
    let pixels = writer.pictures("pixels", side: 32)
    let mean = try writer.layer(GlobalAveragePool(), pixels)
    writer.output(try writer.layer(dense, mean), named: "logits")
    try writer.model(version: "1", metadata: [:]).write(to: URL(filePath: file))
  }

  var request: ModelImportRequest {
    var request = ModelImportRequest(file)
    request.workspace = shop.workspace.path
    (request.choices.mean, request.choices.deviation) = ([0.5], [0.5])
    request.choices.fakeOutput = 1
    return request
  }

  /// A picture that all detectors score.
  func portrait() throws -> String {
    let path = shop.folder.path("face.png")
    try WholeFile.write(shop.portrait.encoded(as: .png, mark: .rendered(by: "test")), to: path)
    return path
  }

  func verdict(
    by detectors: [String], isExplained: Bool = false
  ) throws -> (verdict: FileVerdict, explanation: Explanation?) {
    var request = InferenceRequest(inputs: [try portrait()])
    (request.workspace, request.detectors) = (shop.workspace.path, detectors)
    (request.isExplained, request.out) = (isExplained, shop.folder.path("out"))
    var found: (FileVerdict, Explanation?)?
    try FileInference.run(request) {
      if case .scored(let verdict, let explanation, _) = $0 { found = (verdict, explanation) }
    }
    return try #require(found)
  }

  func calibrate(_ name: String = "foreign") throws -> CalibrateOutcome {
    var request = CalibrateRequest(name)
    (request.workspace, request.data) = (shop.workspace.path, shop.path)
    return try #require(try CalibrateRun.calibrate(request))
  }
}

struct ONNXImportTests {
  private let foreign: ForeignWorkshop
  private var shop: StripedWorkshop { foreign.shop }

  init() throws { foreign = try ForeignWorkshop() }

  @Test func anExportedDetectorIsImportedWithoutOptionsAndScoresTheSame() throws {
    var training = shop.request
    (training.detectors, training.iterations) = ([.cnn], 6)
    _ = try DetectRun.train(training)
    var export = ExportRequest()
    (export.run, export.onnx) = ("quick-cnn", shop.folder.path("own.onnx"))
    export.workspace = shop.workspace.path
    var request = ModelImportRequest(try ModelExporter.export(export)[0])
    request.workspace = shop.workspace.path
    let outcome = try request.run()
    #expect(outcome.models == [shop.workspace.checkpoints(of: "own") + "/best.safetensors"])
    let both = try foreign.verdict(by: ["quick-cnn", "own"]).verdict
    let parts = try #require(both.people.first).detectors
    let (mine, again) = (try #require(parts[0].score), try #require(parts[1].score))
    #expect(abs(mine - again) < 1e-4)
    #expect(parts[0].operatingPoint == parts[1].operatingPoint)

    // Its gradients are the same, too: Grad-CAM explains it, and swaps can be trained against it.
    let explanation = try #require(try foreign.verdict(by: ["own"], isExplained: true).explanation)
    #expect(
      explanation.evidence.flatMap(\.figures).allSatisfy { $0.title != "Occlusion sensitivity" })
    let models = try DetectorModels(in: shop.workspace)
    let frozen = try ["quick-cnn", "own"].map {
      try FrozenDetector(try models.model(named: $0).trained)
    }
    let pictures = Tensor.random([3, 256, 256, 3], in: 0...1, seed: 8)
    let losses = frozen.map { $0.evasionLoss(of: pictures) }
    #expect(abs(losses[0].value - losses[1].value) < 1e-4)
    #expect(relativeDistance(losses[1].gradient, losses[0].gradient) < 0.01)
  }

  @Test func aForeignGraphIsUndecidedUntilItIsCalibrated() throws {
    let outcome = try foreign.request.run()
    let folder = shop.workspace.checkpoints(of: "foreign")
    #expect(
      outcome.facts.map(\.text) == [
        "'pixels' [N, 3, 32, 32] (nchw), RGB, the whole crop, mean 0.5,0.5,0.5, std 0.5,0.5,0.5",
        "'logits': logits of 2 classes; class 1 is fake",
        "\(folder)/input.png: check what the network is given",
        "none: every verdict is undecided until 'dflab detect --calibrate foreign'",
      ])
    #expect(try Image(reading: "\(folder)/input.png").width > 4 * 224)
    #expect(FileManager.default.fileExists(atPath: "\(folder)/onnx/model.onnx"))

    let before = try #require(try foreign.verdict(by: ["foreign"]).verdict.people.first)
    #expect(before.verdict == .undecided)
    #expect(
      before.reasons.first == "'foreign' is not calibrated; run 'dflab detect --calibrate foreign'")
    #expect(before.detectors[0].text == "undecided: not calibrated")

    let calibrated = try foreign.calibrate()
    // The validation split is one identity's three real and three fake pictures.
    #expect(calibrated.real == 3 && calibrated.fake == 3 && calibrated.rocAUC ?? 0 > 0.5)
    #expect(calibrated.operatingPoint.rates?.data == "validation split of 'striped'")
    let after = try #require(try foreign.verdict(by: ["foreign"]).verdict.people.first)
    #expect(!after.reasons.contains { $0.contains("calibrated") })
    #expect(after.operatingPoint == calibrated.operatingPoint)
    let stored = try TrainedDetector(reading: "\(folder)/best.safetensors")
    #expect(stored.people == ["p3"] && stored.hasUnknownTraining && !stored.isUncalibrated)
  }

  @Test func anImportedDetectorIsEvaluatedDegradedAndPutIntoAnEnsemble() throws {
    var training = shop.request
    training.detectors = [.spectrum]
    _ = try DetectRun.train(training)
    _ = try foreign.request.run()
    _ = try foreign.calibrate()
    var request = EvaluateRequest()
    (request.data, request.isSwept) = ([shop.path], true)
    (request.detectors, request.workspace) = (["quick-spectrum", "foreign"], shop.workspace.path)
    var events: [EvaluateEvent] = []
    let outcome = try #require(try EvaluateRun.test(request) { events.append($0) })
    #expect(events.contains(.unknownIdentities(detector: "foreign")))
    let set = outcome.results.sets[0]
    #expect(set.detectors.map { $0.model ?? $0.name } == ["quick-spectrum", "foreign", "ensemble"])
    #expect(set.detectors[1].frames[.rocAUC] ?? 0 > 0.9)
    #expect(set.robustness?.undegraded["foreign"]?.value ?? 0 > 0.9)
    let both = try foreign.verdict(by: ["quick-spectrum", "foreign"]).verdict
    #expect(both.people.first?.detectors.count == 2)
    // Without a name, detectors that were trained here score.
    let usual = try foreign.verdict(by: []).verdict
    #expect(usual.people.first?.detectors.map(\.model) == ["quick-spectrum"])
  }

  @Test func aScoreIsExplainedByOcclusion() throws {
    _ = try foreign.request.run()
    let explanation = try #require(
      try foreign.verdict(by: ["foreign"], isExplained: true).explanation)
    let figure = try #require(explanation.evidence.first?.figures.first)
    #expect(figure.title == "Occlusion sensitivity" && figure.model == "foreign")
    #expect(try Image(reading: shop.folder.path("out/\(figure.picture)")).width > 512)
  }

  @Test func whatAnImportedDetectorCannotDoIsSaid() throws {
    _ = try foreign.request.run()
    var export = ExportRequest("foreign", as: "half")
    export.workspace = shop.workspace.path
    let folder = shop.workspace.checkpoints(of: "foreign")
    #expect(
      throws: WorkflowError.importedModel(name: "foreign", file: "\(folder)/onnx/model.onnx")
    ) { _ = try ModelExporter.export(export) }
    #expect(throws: RequestFault.self) { _ = try DetectRequest(["detectors": ["onnx"]]) }
    #expect(try !DetectRequest.kinds(["all"]).contains(.onnx))
    var training = shop.request
    training.detectors = [.spectrum]
    _ = try DetectRun.train(training)
    #expect(throws: WorkflowError.calibratedInTraining(name: "quick-spectrum")) {
      _ = try foreign.calibrate("quick-spectrum")
    }
    var request = foreign.request
    request.name = "quick-spectrum"
    #expect(throws: WorkflowError.modelInTheWay(name: "quick-spectrum")) { _ = try request.run() }
  }

  @Test func aChangedGraphIsRefused() throws {
    _ = try foreign.request.run()
    let folder = shop.workspace.checkpoints(of: "foreign")
    let path = "\(folder)/onnx/model.onnx"
    try Data(count: 3).write(to: URL(filePath: path))
    #expect(
      throws: DetectionError.unusableDetector(
        path: "\(folder)/best.safetensors", reason: "'onnx/model.onnx' beside it was changed")
    ) { _ = try foreign.verdict(by: ["foreign"]) }
    // Importing it again mends it.
    _ = try foreign.request.run()
    #expect(try foreign.verdict(by: ["foreign"]).verdict.people.count == 1)
  }

  @Test func aRefusedGraphLeavesNothing() throws {
    try Data("no graph".utf8).write(to: URL(filePath: foreign.file))
    #expect(throws: ONNXError.self) { _ = try foreign.request.run() }
    #expect(
      !FileManager.default.fileExists(atPath: shop.workspace.checkpoints(of: "foreign")))
  }
}
