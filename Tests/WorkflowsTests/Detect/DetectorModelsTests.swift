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
    #expect(throws: WorkflowError.noDetectors(ofDuel: nil)) { _ = try models.models(named: []) }
    _ = try DetectRun.train(shop.request)
    let trained = try DetectorModels(in: shop.workspace)
    #expect(
      Set(try trained.models(named: []).map(\.name)) == ["quick-shallow", "quick-spectrum"])
    for word in ["spec", "spectrum", "quick-spectrum"] {
      #expect(try trained.models(named: [word]).map(\.kind) == [.spectrum])
    }
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
    #expect(throws: WorkflowError.noDetectors(ofDuel: "duel-s1-d2-spectrum")) {
      _ = try parts.models(named: [])
    }
    #expect(
      try parts.models(named: ["duel-s1-d2-spectrum"]).map(\.name) == ["duel-s1-d2-spectrum"])
    for word in ["spectrum", "spec"] {
      #expect(throws: WorkflowError.noDetectors(ofDuel: "duel-s1-d2-spectrum")) {
        _ = try parts.models(named: [word])
      }
    }
    request.name = "own"
    _ = try DetectRun.train(request)
    // The newest run is the duel's, and still left out.
    let older = [FileAttributeKey.modificationDate: Date(timeIntervalSinceNow: -1000)]
    try FileManager.default.setAttributes(
      older, ofItemAtPath: "\(shop.workspace.checkpoints(of: "own-spectrum"))/best.safetensors")
    for words in [[], ["spectrum"], ["spec"]] {
      #expect(
        try DetectorModels(in: shop.workspace).models(named: words).map(\.name) == ["own-spectrum"])
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
    let model = DetectorModels.Model(
      name: "mad", path: "/mad", trained: TrainedDetector(MadDetector()))
    #expect(
      throws: DetectionError.unusableDetector(
        path: "/mad", reason: "its score of a picture is not a number")
    ) { _ = try model.scores(of: gradientPictures(2, seed: 1).map { FaceClip(still: $0) }) }
  }
}
