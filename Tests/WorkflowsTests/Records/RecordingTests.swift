import Foundation
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite struct RecordingTests {
  @Test func aSetIsRecordedWithAllThatItWasMadeFrom() throws {
    let shop = try RecordedWorkshop()
    let registry = try shop.registry()
    let run = try registry.run(named: "augmented")
    #expect(run.home == "Datasets/augmented" && run.command == "augment" && run.state == .done)
    let line =
      "augment --faces Datasets/people --models none --count 24 --size 64 --no-audit"
    #expect(run.arguments.joined(separator: " ") == line && run.threads != nil)
    #expect(run.seed == "1" && run.sessions == 1 && run.parents == ["Datasets/people"])
    #expect(run.settings["count"] == "24" && !run.machine.isEmpty)
    #expect(run.began != nil && run.ended != nil)
    let files = try registry.files(of: run.home)
    #expect(files.count { $0.path.hasPrefix("Datasets/augmented/pictures/") } == 24)
    #expect(files.contains { $0.path == "Datasets/augmented/manifest.jsonl" })
    #expect(files.allSatisfy { $0.bytes != nil })
    #expect(try shop.workspace.check(run: run.home).isWhole)
  }

  @Test func aForgedPictureKnowsItsSource() throws {
    let shop = try RecordedWorkshop()
    let check = try shop.workspace.check(file: "\(shop.shop.set())/pictures/000001.jpg")
    #expect(check.verdict == .unchanged && check.run == "Datasets/augmented" && check.faults == [])
    let source = try #require(check.parents.first)
    #expect(source.run == "Datasets/people")
    #expect(source.file?.hasPrefix("Datasets/people/p00") == true)
    try Data("other".utf8).write(to: URL(filePath: "\(shop.shop.set())/pictures/000001.jpg"))
    let changed = try shop.workspace.check(file: "\(shop.shop.set())/pictures/000001.jpg")
    #expect(changed.verdict == .changed)
    let whole = try shop.workspace.check(run: "Datasets/augmented")
    #expect(whole.changed == ["Datasets/augmented/pictures/000001.jpg"])
  }

  @Test func changedSettingsAreTold() throws {
    let shop = try RecordedWorkshop()
    let path = "\(shop.shop.set())/run.json"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try Data(text.replacing("\"count\" : 24", with: "\"count\" : 25").utf8)
      .write(to: URL(filePath: path))
    #expect(
      try shop.workspace.check(run: "Datasets/augmented").faults
        == ["The settings in run.json do not match the ledger."])
  }

  @Test func aLedgerThatIsCutBackToAnEarlierSignatureIsTold() throws {
    let shop = try RecordedWorkshop(pictures: 12)
    let path = "\(shop.shop.set())/\(Ledger.name)"
    let early = try Data(contentsOf: URL(filePath: path))
    try shop.augment(24)
    let whole = try Data(contentsOf: URL(filePath: path))
    #expect(whole.starts(with: early) && whole.count > early.count)
    func faults() throws -> [String] {
      try shop.workspace.check(run: "Datasets/augmented").faults
    }
    #expect(try faults() == [])
    let known = whole.count { $0 == 0x0A }
    // To the first session's signature, to the last session's last file, to nothing, into a line.
    let (last, signed) = (whole.dropLast(), early.count { $0 == 0x0A })
    let unsigned = whole[...(last.lastIndex(of: 0x0A) ?? 0)]
    for (cut, lines) in [(early, signed), (Data(unsigned), known - 1), (Data(), 0)] {
      try cut.write(to: URL(filePath: path))
      let sentence =
        "The ledger was truncated: it has \(lines) lines, but run.json records \(known)."
      #expect(try faults() == [sentence])
    }
    try Data(whole.dropLast(5)).write(to: URL(filePath: path))
    #expect(try faults().first?.contains("is incomplete") == true)
    try early.write(to: URL(filePath: path))
    let picture = try shop.workspace.check(file: "\(shop.shop.set())/pictures/000001.jpg")
    #expect(picture.verdict == .unchanged && picture.faults.count == 1)
    // The same command notes what is there, and signs it.
    try shop.augment(24)
    #expect(try shop.workspace.check(run: "Datasets/augmented").isWhole)
  }

  @Test func aFurtherSessionGoesOnWithTheRecord() throws {
    let shop = try RecordedWorkshop(pictures: 12)
    try shop.augment(24)
    let run = try shop.registry().run(named: "augmented")
    #expect(run.sessions == 2 && run.settings["count"] == "24")
    #expect(try shop.workspace.check(run: run.home).isWhole)
    #expect(try shop.workspace.check(run: run.home).files > 24)
  }

  @Test func aSetThatIsMadeAnewForgetsTheOldRecord() throws {
    let shop = try RecordedWorkshop(pictures: 24)
    try shop.augment(12) { ($0.isForced, $0.seed) = (true, 2) }
    let run = try shop.registry().run(named: "augmented")
    #expect(run.sessions == 1 && run.seed == "2")
    #expect(try shop.workspace.check(run: run.home).isWhole)
  }

  @Test func withoutACommandNothingIsRecorded() throws {
    let shop = try AugmentWorkshop()
    try shop.people(2)
    #expect(!FileKind.isThere("\(shop.workspace.datasets(of: "people"))/run.json"))
    // The key that signs pictures is all that is there.
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: shop.workspace.hidden).sorted()
        == ["key.pem", "key.pub.pem"])
  }

  @Test func outsideAWorkspaceNothingIsRecordedAndNothingFails() throws {
    let folder = try TemporaryFolder()
    let recording = RecordingContext.record(warn: { Issue.record("\($0)") }) {
      Recording("extract", at: folder.path("set"), in: nil, settings: ["x": 1], places: [])
    }
    #expect(try recording.around(Interruption()) { 7 } == 7)
    #expect(!FileKind.isThere(folder.path("set")))
  }

  @Test func howARunEndedIsTold() throws {
    let shop = try RecordedWorkshop(pictures: 0)
    let workspace = shop.workspace
    func begin(_ name: String) -> Recording {
      shop.record {
        Recording(
          "swap", at: workspace.lab(of: name), in: workspace, settings: ["name": name],
          places: [workspace.lab(of: name)])
      }
    }
    func state(_ name: String) throws -> RunSummary.State {
      try shop.registry().run(named: name).state
    }
    let failing = begin("failing")
    #expect(try state("failing") == .running)
    #expect(throws: WorkflowError.noDetectors(ofDuel: nil)) {
      try failing.around(Interruption()) { throw WorkflowError.noDetectors(ofDuel: nil) }
    }
    #expect(try state("failing") == .failed)
    #expect(
      try shop.registry().run(named: "failing").reason
        == WorkflowError.noDetectors(ofDuel: nil).description)
    let interruption = Interruption()
    interruption.press()
    try begin("stopped").around(interruption) {}
    #expect(try state("stopped") == .interrupted)
    // A process that is killed has no time to say anything.
    var record = try #require(try RunRecord.read(in: workspace.lab(of: "stopped")))
    record.sessions.append(RunRecord.Session())
    try record.write(in: workspace.lab(of: "stopped"))
    #expect(try state("stopped") == .killed)
  }

  @Test func twoRecordsOfOneRunAreNotWrittenAtOnce() throws {
    let shop = try RecordedWorkshop(pictures: 0)
    let lab = shop.workspace.lab(of: "r")
    func begin() -> Recording {
      shop.record {
        Recording("detect", at: lab, in: shop.workspace, settings: ["x": 1], places: [lab])
      }
    }
    let first = begin()
    let second = begin()
    #expect(shop.warnings.count == 1 && shop.warnings[0].hasPrefix("Cannot record this run: "))
    try second.around(Interruption()) {}
    try first.around(Interruption()) {}
    #expect(try shop.workspace.check(run: "Labs/r").faults == [])
    #expect(try shop.registry().run(named: "r").sessions == 1)
  }

  @Test func stepsKnowTheirParent() throws {
    let shop = try RecordedWorkshop(pictures: 0)
    let lab = shop.workspace.lab(of: "duel")
    let recording = shop.record {
      Recording("duel", at: lab, in: shop.workspace, settings: ["x": 1], places: [lab])
    }
    try recording.around(Interruption()) {
      try recording.steps { try shop.shop.people(2, in: "more") }
    }
    #expect(try shop.registry().run(named: "more").parents == ["Labs/duel"])
  }

  @Test func aBrokenKeyStopsWhatGeneratesPicturesAndCostsOthersTheirSignature() throws {
    let shop = try RecordedWorkshop(pictures: 0)
    let path = "\(shop.workspace.hidden)/key.pem"
    try Data("none".utf8).write(to: URL(filePath: path))
    do {
      try shop.augment()
      Issue.record("pictures without credentials")
    } catch {
      #expect(
        "\(error)".hasPrefix(
          "Cannot sign the Content Credentials of a generated file. Cannot use key '\(path)'"))
    }
    let lab = shop.workspace.lab(of: "r")
    let recording = shop.record {
      Recording("detect", at: lab, in: shop.workspace, settings: ["x": 1], places: [lab])
    }
    try recording.around(Interruption()) {}
    #expect(
      shop.warnings.last?.hasPrefix("Cannot sign the ledger of this run: Cannot use key '") == true)
    #expect(try shop.registry().run(named: "r").state == .done)
    let check = try shop.workspace.check(run: "Labs/r")
    #expect(check.faults.count == 1 && check.faults[0].hasPrefix("The ledger is not signed"))
  }

  @Test func theKeyIsMadeOnceAndIsItsOwnersAlone() throws {
    let folder = try TemporaryFolder()
    let (workspace, _) = try Workspace.make(at: folder.path("ws"))
    let key = try LabKey.identity(of: workspace)
    _ = try Workspace.make(at: folder.path("ws"))
    #expect(try LabKey.identity(of: workspace) == key)
    let rights = try FileManager.default.attributesOfItem(atPath: "\(workspace.hidden)/key.pem")
    #expect(rights[.posixPermissions] as? Int == 0o600)
  }

  @Test func aLedgerWithoutItsRecordIsFoundAllTheSame() throws {
    let shop = try RecordedWorkshop(pictures: 0)
    let path = "\(shop.workspace.datasets(of: "people"))/run.json"
    let sentence = "The settings in run.json do not match the ledger."
    try Data("{".utf8).write(to: URL(filePath: path))
    #expect(try shop.workspace.check(run: "Datasets/people").faults == [sentence])
    try FileManager.default.removeItem(atPath: path)
    let check = try Verification(of: "people", workspace: shop.workspace.path)
    guard case .run(let run) = check else { throw CancellationError() }
    #expect(run.faults == [sentence] && run.files > 0 && run.missing == [])
  }
}
