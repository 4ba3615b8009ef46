import Detection
import Foundation
import TestSupport
import Testing

@testable import Records
@testable import Workflows

/// A tiny duel that was run as a command runs it.
private struct RecordedDuel {
  let shop: DuelWorkshop
  let registry: Registry

  init() throws {
    shop = try DuelWorkshop()
    registry = try Registry(workspace: shop.workspace.path)
    try run(shop.request("tiny"))
  }

  var workspace: Workspace { shop.workspace }

  func run(_ request: DuelRequest) throws {
    try RecordingContext.record(warn: { Issue.record("\($0)") }) {
      _ = try DuelRun.run(request)
    }
    try registry.renew()
  }

  /// What is known of a file below the workspace.
  func check(_ path: String) throws -> FileCheck {
    let check = try Verification(of: "\(workspace.path)/\(path)", workspace: nil)
    guard case .file(let file) = check else { throw CancellationError() }
    return file
  }
}

@Suite struct DuelRecordTests {
  @Test func aDuelIsVerifiedRepeatedContinuedAndRemovedAsAWhole() throws {
    let duel = try RecordedDuel()
    try checkOrigins(of: duel)
    try checkRepetition(of: duel)
    try checkNeeds(of: duel)
  }

  /// Everything knows what it was made from.
  private func checkOrigins(of duel: RecordedDuel) throws {
    for run in try duel.registry.runs() {
      #expect(try duel.workspace.check(run: run.home).isWhole, "\(run.home)")
    }
    // The joined sets.
    func manifest(_ name: String) -> String { "Datasets/\(name)/manifest.jsonl" }
    let splits = ["training", "validation", "test"]
    let first = try duel.check(manifest("tiny-s1-d1"))
    #expect(first.verdict == .unchanged && first.run == "Datasets/tiny-s1-d1" && first.faults == [])
    #expect(first.parents.map(\.file) == splits.map { manifest("tiny-s1-g1-\($0)") })
    let second = try duel.check(manifest("tiny-s1-d2"))
    #expect(
      second.parents.map(\.run)
        == splits.map { "Datasets/tiny-s1-g2-\($0)" }
        + splits.prefix(2).map { "Datasets/tiny-s1-g1-\($0)" })
    let picture = try duel.check("Datasets/tiny-s1-d2/pictures/000001.jpg")
    #expect(picture.parents.map(\.run) == ["Datasets/tiny-s1-g2-training"])
    let sets = try duel.registry.datasets()
    #expect(sets.first { $0.name == "tiny-s1-d2" }?.run == "Datasets/tiny-s1-d2")
    let run = try duel.registry.run(named: "Datasets/tiny-s1-d2")
    #expect(run.command == "join" && run.parent == "Labs/tiny" && run.parents.count == 6)
    // The models.
    let detector = try duel.check("Checkpoints/tiny-s1-d2-shallow/best.safetensors")
    #expect(detector.parents.map(\.file) == [manifest("tiny-s1-d2")])
    let generator = try duel.check("Checkpoints/tiny-s1-g2-test1/best.safetensors")
    let participants = try #require(try DuelResultsPeople(duel).test)
    let faces = try participants.flatMap { folder in
      try RunFolder.names(in: folder).map { try FileHash.ofFile("\(folder)/\($0)") }
    }
    #expect(generator.parents.prefix(32).map(\.hash) == faces)
    #expect(
      generator.parents.dropFirst(32).map(\.file) == [
        "Checkpoints/tiny-s1-g1-test1/best.safetensors",
        "Checkpoints/tiny-s1-d1-shallow/best.safetensors",
      ])
  }

  /// A repeated duel agrees until its metrics change, which lists show too.
  private func checkRepetition(of duel: RecordedDuel) throws {
    let repetition = try duel.registry.repetition(of: "tiny")
    let request = try repetition.request(DuelRequest.self)
    #expect(request.name == "tiny-repeat")
    try duel.run(request)
    let outcome = try repetition.outcome(of: request)
    #expect(outcome.run == "tiny" && outcome.repetition == "tiny-repeat")
    #expect(outcome.different == [] && outcome.missing == [] && outcome.agrees)
    #expect(outcome.same > 100, "models and pictures of all steps")

    let weights = "Checkpoints/tiny-repeat-s1-g2-test1/best.safetensors"
    try FileManager.default.removeItem(atPath: "\(duel.workspace.path)/\(weights)")
    let path = RunFolder(name: "tiny-repeat", in: duel.workspace).results
    let results = try #require(try DuelResults.read(at: path))
    let value = try #require(results[.round(1), .round(1)]?.value)
    var tree = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: path)))
        as? [String: Any])
    var matrix = try #require(tree["matrix"] as? [[[String: Any]]])
    matrix[0][1]["value"] = value + 0.25
    tree["matrix"] = matrix
    try JSONSerialization.data(withJSONObject: tree).write(to: URL(filePath: path))
    let changed = try repetition.outcome(of: request)
    #expect(changed.different == ["Labs/tiny/results.json"] && !changed.agrees)
    #expect(changed.missing == ["Checkpoints/tiny-s1-g2-test1/best.safetensors"])

    // The numbers that lists show are the same ones.
    try duel.registry.renew()
    func expect(_ name: String, of run: String = "Labs/tiny", _ value: Double?) throws {
      let known = try duel.registry.finalMetrics(of: run).first { $0.name == name }?.value
      let difference = abs(try #require(known, "\(name)") - (try #require(value)))
      #expect(difference < 1e-12, "\(name)")
    }
    try expect("g1.d1.roc_auc", value)
    try expect("g1.d1.roc_auc", of: "Labs/tiny-repeat", value + 0.25)
    try expect("c2.reference.recall", results.recalls[2][0])
    try expect("g2.d2.reencoded.roc_auc", results.reencoded[1][2].value)
    try expect("round2.evasion", results.roundResults[1].evasion?.value)
    try expect("round2.generators.1.ssim", results.roundResults[1].generators[0].ssim)

    let refusal = #expect(throws: RecordsError.self) {
      _ = try duel.registry.repetition(of: "tiny-s1-g2-test1")
    }
    #expect(
      refusal?.description == "Cannot repeat run 'tiny-s1-g2-test1': it is a step of "
        + "'tiny'; use 'dflab runs repeat tiny'.")
  }

  /// What later steps need is kept, and missed before they begin.
  private func checkNeeds(of duel: RecordedDuel) throws {
    let refusal = #expect(throws: RecordsError.self) {
      _ = try duel.registry.remove("Labs/tiny-s1-d1", isForced: false)
    }
    guard case .runNeeded(_, let needing) = refusal else { throw CancellationError() }
    #expect(needing.contains("tiny") && needing.contains("tiny-s1-g2-test1"))
    #expect(!needing.contains("tiny-s1-c2-test1"), "a control has no adversary")
    let beginning = #expect(throws: RecordsError.self) {
      _ = try duel.registry.remove("tiny-s1-g1-test1", isForced: false)
    }
    #expect(beginning?.description.contains("tiny-s1-c2-test1") == true)

    let state = try Data(
      contentsOf: URL(filePath: RunFolder(name: "tiny", in: duel.workspace).duel))
    _ = try duel.registry.remove("Labs/tiny-s1-d1", isForced: true)
    try duel.run(duel.shop.request("tiny"))
    let path = "\(duel.workspace.checkpoints(of: "tiny-s1-d1-shallow"))/best.safetensors"
    let missing = WorkflowError.missingStep(duel: "tiny", step: "round 1: detector", path: path)
    var longer = try duel.shop.request("tiny")
    longer.rounds = 3
    let asked = longer
    #expect(throws: missing) { try duel.run(asked) }
    #expect(missing.description.contains("Restore it, or start a new duel with --name NEW."))
    #expect(
      try Data(contentsOf: URL(filePath: RunFolder(name: "tiny", in: duel.workspace).duel))
        == state, "what is refused changes nothing")

    let removal = try duel.registry.remove("tiny", isForced: false)
    #expect(removal.removed.contains("Checkpoints/tiny-s1-d2-shallow"))
    #expect(try duel.registry.runs().allSatisfy { $0.name.contains("tiny-repeat") })
    _ = try duel.registry.remove("tiny-repeat", isForced: false)
    #expect(try duel.registry.runs() == [] && duel.registry.models() == [])
    #expect(try duel.registry.datasets().count == 6, "the people stay")
  }
}

/// Who was in the test split of a duel's first repetition.
private struct DuelResultsPeople {
  let test: [String]?

  init(_ duel: RecordedDuel) throws {
    let path = RunFolder(name: "tiny", in: duel.workspace).results
    test = try DuelResults.read(at: path)?.people.first?["test"]
  }
}
