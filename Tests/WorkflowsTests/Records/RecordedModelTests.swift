import Detection
import Faces
import Foundation
import Generation
import TestSupport
import Testing

@testable import Records
@testable import Workflows

/// The commands that make detectors, from the record to the verified weights.
@Suite struct RecordedModelTests {
  @Test func aTrainedDetectorIsRecordedFromItsSetToItsWeights() throws {
    let shop = try RecordedWorkshop()
    var request = DetectRequest()
    (request.workspace, request.name) = (shop.workspace.path, "d")
    (request.detectors, request.iterations, request.batch) = ([.shallow], 2, 4)
    let line = [
      "detect", "--retrain", "--detectors", "shallow", "--data", "Datasets/augmented", "--name",
      "d", "--seed", "1", "--iterations", "2", "--batch", "4", "--init", "none", "--precision",
      "fp32",
    ]
    try shop.record { _ = try DetectRun.train(request) }
    #expect(shop.warnings == [])

    let record = try #require(try RunRecord.read(in: shop.workspace.lab(of: "d")))
    #expect(record.command == "detect --retrain" && record.line == line && record.seed == 1)
    #expect(record.sources == ["Datasets/augmented"])
    #expect(record.places == ["Labs/d", "Checkpoints/d-shallow"])
    #expect(record.sessions.map(\.outcome) == [.done])
    let files = try ledger("Labs/d", shop)
    let (best, latest) = (
      "Checkpoints/d-shallow/best.safetensors", "Checkpoints/d-shallow/latest.safetensors"
    )
    for file in [best, latest, "Labs/d/results.json", "Labs/d/log.jsonl", "Labs/d/report.html"] {
      #expect(files.keys.contains(file), "\(file)")
    }

    let registry = try shop.registry()
    let run = try registry.run(named: "d")
    #expect(run.state == .done && run.parents == ["Datasets/augmented"])
    #expect(run.settings["request.iterations"] == "2")
    #expect(
      try registry.finalMetrics(of: "Labs/d").contains { $0.name == "shallow.frames.roc_auc" })
    let model = try registry.model(named: "d-shallow")
    #expect(model.kind == .detector && model.architecture == "shallow" && model.run == "Labs/d")
    #expect(model.path == best && model.hash == files[best])
    let rows = try registry.files(of: "Labs/d")
    #expect(rows.contains { $0.path == best && $0.hash == model.hash })

    let check = try check(model, shop)
    #expect(check.verdict == .unchanged && check.run == "Labs/d" && check.faults == [])
    #expect(check.making == "detect --retrain, weights")
    #expect(check.parents.map(\.file) == ["Datasets/augmented/manifest.jsonl"])
    #expect(check.parents.map(\.run) == ["Datasets/augmented"])
    try Data("other".utf8).write(to: URL(filePath: "\(shop.workspace.path)/\(model.path)"))
    #expect(try self.check(model, shop).verdict == .changed)
    #expect(try shop.workspace.check(run: "Labs/d").changed == [best])
  }

  @Test func aSwapModelNamesTheManifestsOfItsFaces() throws {
    let shop = try RecordedWorkshop(pictures: 0)
    try shop.record { try shop.shop.people(2, count: 16, in: "pair") }
    let folders = ["p001", "p002"].map { "\(shop.workspace.datasets(of: "pair"))/\($0)" }
    var request = SwapRequest(a: folders[0], b: folders[1])
    (request.workspace, request.name, request.batch) = (shop.workspace.path, "ab", 1)
    request.budget.iterations = 1
    (request.sessionOptions.skipsSwaps, request.sessionOptions.ignoresTruth) = (true, true)
    try shop.record { _ = try SwapRun.train(request) }
    #expect(shop.warnings == [])
    let model = try shop.registry().model(named: "ab")
    let check = try check(model, shop)
    #expect(check.verdict == .unchanged && check.making == "swap, weights")
    #expect(check.parents.map(\.run) == ["Datasets/pair", "Datasets/pair"])
    #expect(
      check.parents.map(\.hash)
        == (try folders.map { try FileHash.ofFile(FaceSet.manifestPath(of: $0)) }))
  }

  @Test func importedModelsAreRecordedWithTheFolderThatTheyCameFrom() throws {
    let shop = try RecordedWorkshop(pictures: 0)
    let folder = MesoNetImportTests.madeUp
    let line = [
      "models", "import", Workspace.absolute(folder), "--as", "mesonet", "--name", "meso",
    ]
    _ = try shop.record {
      try MesoNetImport.run(folder: folder, name: "meso", workspace: shop.workspace.path)
    }
    #expect(shop.warnings == [])

    let home = "Labs/import-meso"
    let record = try #require(try RunRecord.read(in: "\(shop.workspace.path)/\(home)"))
    #expect(record.command == "models import" && record.line == line)
    #expect(record.sources == [Workspace.absolute(folder)])
    #expect(record.sessions.map(\.outcome) == [.done])
    let names = ["meso-meso4-x", "meso-mesoinception-x"]
    #expect(record.places == names.map { "Checkpoints/\($0)" })
    let files = try ledger(home, shop)
    #expect(files.keys.sorted() == names.map { "Checkpoints/\($0)/best.safetensors" })

    let registry = try shop.registry()
    #expect(try registry.run(named: "import-meso").state == .done)
    for (name, kind) in zip(names, ["meso4", "mesoinception4"]) {
      let model = try registry.model(named: name)
      #expect(model.kind == .detector && model.architecture == kind && model.run == home)
      #expect(files[model.path] == model.hash)
      let check = try check(model, shop)
      #expect(check.verdict == .unchanged && check.run == home && check.making == "models import")
      #expect(check.faults == [])
    }
  }

  /// The files of a run's ledger with their hashes; the ledger is whole and signed by the workspace.
  private func ledger(_ home: String, _ shop: RecordedWorkshop) throws -> [String: String] {
    let path = "\(shop.workspace.path)/\(home)/\(Ledger.name)"
    let ledger = try #require(try LedgerReading(of: path))
    let key = try LabKey.identity(of: shop.workspace)
    #expect(ledger.faults(key: key) == [] && ledger.lines.last?.key == key)
    #expect(try shop.workspace.check(run: home).isWhole)
    return ledger.hashes
  }

  private func check(_ model: ModelSummary, _ shop: RecordedWorkshop) throws -> FileCheck {
    try shop.workspace.check(file: "\(shop.workspace.path)/\(model.path)")
  }
}
