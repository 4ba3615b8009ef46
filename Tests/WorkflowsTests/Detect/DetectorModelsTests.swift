import Detection
import Engine
import Faces
import Foundation
import Media
import Synthesis
import TestSupport
import Testing

@testable import Records
@testable import Workflows

/// Finite weights may well give what is no number.
private struct MadDetector: FrameDetector {
  let kind = DetectorKind.shallow
  func logits(of faces: [Image]) -> [Double] { faces.indices.map { $0 == 0 ? 1 : .nan } }
  func checkpoint() -> Checkpoint { Checkpoint(tensors: []) }
}

@Suite struct DetectorModelsTests {
  private let shop: StripedWorkshop

  init() throws { shop = try StripedWorkshop() }

  @Test func detectorsAreFoundByNameKindAndBeginning() throws {
    let models = try DetectorModels(in: shop.workspace)
    #expect(throws: WorkflowError.noDetectors(ofDuel: nil)) {
      _ = try models.models(named: ["spectrum"])
    }
    _ = try DetectRun.train(shop.request)
    let trained = try DetectorModels(in: shop.workspace)
    #expect(
      Set(try trained.models(named: []).map(\.name)) == ["quick-shallow", "quick-spectrum"])
    for word in ["spec", "spectrum", "quick-spectrum"] {
      #expect(try trained.models(named: [word]).map(\.kind) == [.spectrum])
    }
    #expect(try trained.models(named: ["frequency"]).map(\.name) == ["quick-spectrum"])
    let carried = shop.workspace.checkpoints(of: CarriedModel.detector.rawValue)
    #expect(!FileManager.default.fileExists(atPath: carried), "of another group")
    #expect(
      Set(try trained.models(named: ["frame", "quick-shallow"]).map(\.name)) == [
        "quick-shallow", CarriedModel.detector.rawValue,
      ])
    #expect(try trained.models(named: ["all"]).count == 3)
    #expect(throws: WorkflowError.self) { _ = try trained.models(named: ["signal"]) }
    #expect(throws: WorkflowError.noDetector(name: "meso4", nearest: nil, isKnown: true)) {
      _ = try trained.models(named: ["meso4"])
    }
  }

  @Test func detectorsOfDuelsAreTakenOnlyByTheirNames() throws {
    var request = shop.request
    (request.detectors, request.name) = ([.spectrum], "duel-s1-d2")
    _ = try DetectRun.train(request)
    #expect(
      try DetectorModels(in: shop.workspace).models(named: []).map(\.name)
        == ["duel-s1-d2-spectrum"], "where there is no duel, names say nothing")
    try RunFolder.make(shop.workspace.lab(of: "duel"))
    let duel = RunFolder(name: "duel", in: shop.workspace).duel
    try Data("{}".utf8).write(to: URL(filePath: duel))
    let parts = try DetectorModels(in: shop.workspace)
    #expect(try parts.models(named: []).map(\.isCarried) == [true])
    #expect(
      try parts.models(named: ["duel-s1-d2-spectrum"]).map(\.name) == ["duel-s1-d2-spectrum"])
    for word in ["spectrum", "spec"] {
      #expect(throws: WorkflowError.noDetectors(ofDuel: "duel-s1-d2-spectrum")) {
        _ = try parts.models(named: [word])
      }
    }
    request.name = "own"
    _ = try DetectRun.train(request)
    // The newest run is the duel's, and still left out, as the program's own is.
    let older = [FileAttributeKey.modificationDate: Date(timeIntervalSinceNow: -1000)]
    try FileManager.default.setAttributes(
      older, ofItemAtPath: "\(shop.workspace.checkpoints(of: "own-spectrum"))/best.safetensors")
    for words in [[], ["spectrum"], ["spec"]] {
      #expect(
        try DetectorModels(in: shop.workspace).models(named: words).map(\.name) == ["own-spectrum"])
    }
  }

  @Test func aFreshWorkspaceUsesTheProgramsOwnDetectorAndSaysSo() throws {
    var notes: [String] = []
    let own = try DetectorModels(in: shop.workspace).models(named: []) { notes.append($0) }
    #expect(own.map(\.name) == [CarriedModel.detector.rawValue] && own[0].isCarried)
    #expect(
      notes == [
        "No detector has been trained in this workspace, outside duels: using "
          + "'\(CarriedModel.detector.rawValue)', which ships with dflab and was trained on "
          + "\(CarriedModel.detector.trainingData)."
      ])
    // It does not take the place of detectors that were trained, although its file is newer.
    var request = shop.request
    request.detectors = [.spectrum]
    _ = try DetectRun.train(request)
    let older = [FileAttributeKey.modificationDate: Date(timeIntervalSinceNow: -1000)]
    try FileManager.default.setAttributes(
      older, ofItemAtPath: "\(shop.workspace.checkpoints(of: "quick-spectrum"))/best.safetensors")
    let models = try DetectorModels(in: shop.workspace)
    #expect(
      try models.models(named: []) { _ in Issue.record("nothing to say") }.map(\.name)
        == ["quick-spectrum"])
    for carried in CarriedModel.detectors {
      #expect(try models.models(named: [carried.rawValue]).map(\.name) == [carried.rawValue])
    }
  }

  @Test func aModelsNameGoesBeforeAKindOfTheSameName() throws {
    var request = shop.request
    request.detectors = [.spectrum]
    _ = try DetectRun.train(request)
    let (own, other) = (
      shop.workspace.checkpoints(of: "quick-spectrum"), shop.workspace.checkpoints(of: "spectrum")
    )
    try FileManager.default.copyItem(atPath: own, toPath: other)
    let older = [FileAttributeKey.modificationDate: Date(timeIntervalSinceNow: -1000)]
    try FileManager.default.setAttributes(
      older, ofItemAtPath: "\(other)/best.safetensors")
    #expect(
      try DetectorModels(in: shop.workspace).models(named: ["spectrum"]).map(\.name) == ["spectrum"]
    )
  }

  @Test func aScoreThatIsNoNumberIsSaid() throws {
    let model = StoredDetector(
      name: "mad", path: "/mad", trained: TrainedDetector(MadDetector()))
    #expect(
      throws: DetectionError.unusableDetector(
        path: "/mad", reason: "its score of a picture is not a number")
    ) { _ = try model.scores(of: gradientPictures(2, seed: 1).map { FaceClip(still: $0) }) }
  }
}
