import Detection
import Engine
import Faces
import Foundation
import TestSupport
import Testing

@testable import Records
@testable import Workflows

extension RunAudit {
  fileprivate func verdict(_ question: String) -> AuditFinding.Verdict? {
    findings.first { $0.question == question }?.verdict
  }
}

@Suite struct RunAuditTests {
  private let shop: StripedWorkshop

  init() throws { shop = try StripedWorkshop() }

  private func train(_ request: DetectRequest) throws -> DetectOutcome {
    try RecordingContext.record(warn: { Issue.record("\($0)") }) { try DetectRun.train(request) }
  }

  private func audit(_ name: String = "quick") throws -> RunAudit {
    try RunAudit(of: name, workspace: shop.workspace.path)
  }

  private func isMeant(_ name: String?) throws -> Bool {
    try RunAudit.isMeant(by: name, workspace: shop.workspace.path)
  }

  @Test func aTrainingIsAuditedWithItsDataset() throws {
    let people = "identity,skin_tone\np4,light\np5,dark\n"
    try WholeFile.write(Array(people.utf8), to: "\(shop.path)/\(PeopleTable.name)")
    let outcome = try train(shop.request)
    let subgroups = try #require(outcome.results?.detectors[0].subgroups)
    #expect(subgroups.map(\.attribute) == ["skin_tone"])
    #expect(subgroups[0].subgroups.map(\.value) == ["dark", "light"])
    let report = try String(contentsOfFile: "\(outcome.lab)/report.md", encoding: .utf8)
    #expect(report.contains("Subgroups of people"))
    #expect(report.contains("| shallow | skin_tone | gap |"))

    let audit = try audit()
    #expect(audit.verdict("files of the run") == .passed, "\(audit.findings)")
    #expect(audit.verdict("the dataset's manifest") == .passed)
    #expect(audit.verdict("identities of the test split in the training data") == .passed)
    #expect(audit.verdict("what was chosen on what") == .passed)
    #expect(audit.verdict("intervals") == .caution, "two source clips")
    #expect(audit.verdict("seed and budget") == .passed)
    #expect(audit.verdict("repetition") == .unknown)
    #expect(audit.verdict("subgroups of people") != .unknown)
    #expect(audit.dataset?.folder == shop.path)
    let folder = try audit.write(to: nil, workspace: shop.workspace.path)
    #expect(folder == shop.workspace.lab(of: "audit-quick"))
    let page = try String(contentsOfFile: "\(folder)/report.md", encoding: .utf8)
    #expect(page.contains("## Its dataset: striped") && page.contains("dflab audit quick"))

    _ = try train(shop.request.renamed("quick-repeat"))
    let again = try self.audit()
    #expect(again.verdict("repetition") == .passed, "\(again.findings)")
  }

  @Test func whatChangedAfterwardsIsFound() throws {
    _ = try train(shop.request)
    let samples = try LabeledDataset(reading: shop.path).samples
    try shop.write(Array(samples.dropLast()))
    let weights = "\(shop.workspace.checkpoints(of: "quick-shallow"))/best.safetensors"
    var trained = try TrainedDetector(reading: weights)
    trained.people = ["p5"]
    try trained.write(to: weights)
    let audit = try audit()
    #expect(!audit.findings.areTrustworthy)
    #expect(audit.verdict("files of the run") == .failed)
    #expect(audit.verdict("the dataset's manifest") == .failed)
    #expect(audit.verdict("identities of the test split in the training data") == .failed)
    #expect(audit.summary.hasPrefix("Metrics of 'quick' cannot be trusted: "))
  }

  @Test func onlyTrainingsAreAudited() throws {
    _ = try train(shop.request)
    #expect(try isMeant("quick") && !isMeant("striped") && !isMeant("none") && !isMeant(nil))
    var request = EvaluateRequest()
    (request.workspace, request.data) = (shop.workspace.path, ["striped"])
    request.name = "tested"
    _ = try RecordingContext.record(warn: { Issue.record("\($0)") }) {
      try EvaluateRun.test(request)
    }
    #expect(throws: WorkflowError.notAudited(name: "tested", command: "detect --evaluate")) {
      try audit("tested")
    }
  }
}
