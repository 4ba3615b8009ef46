import Engine
import Faces
import Foundation
import Generation
import Media
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite struct SwapGroundTruthTests {
  @Test func aRunOfSyntheticPeopleIsMeasuredAgainstTheTrueSwap() throws {
    let folder = try TemporaryFolder()
    let a = try writeSyntheticFaces("a", melanin: 0.1, in: folder, isRendered: true)
    let b = try writeSyntheticFaces("b", melanin: 0.9, in: folder, isRendered: true)
    let (outcome, events) = try train(a, b, in: folder)
    #expect(events.contains(.foundGroundTruth(a: 2, b: 2)))
    let truth = try #require(outcome.best?.groundTruth)
    #expect(truth.a2b.psnr > 5 && truth.b2a.psnr > 5 && truth.a2b != truth.b2a)
    #expect(truth.a2b.toSwappedIn > 0 && truth.a2b.ssim < 1)
    let run = RunFolder(try RunName("a-b"), in: try Workspace(at: folder.path))
    #expect(SwapLog.lines(at: run.log).last?.groundTruth == truth.rounded)
    let report = try String(contentsOfFile: run.markdown, encoding: .utf8)
    #expect(report.contains("## Ground-truth metrics of held-out swaps"))
    #expect(report.contains("| identity | "))
    #expect(try Image(reading: run.preview).height > 8 * 96)
  }

  @Test func withoutSyntheticPeopleNothingIsSaid() throws {
    let folder = try TemporaryFolder()
    let (outcome, events) = try train(
      try writeFaces("a", in: folder, seed: 1), try writeFaces("b", in: folder, seed: 2),
      in: folder)
    #expect(outcome.best?.groundTruth == nil)
    #expect(!events.contains { if case .lacksGroundTruth = $0 { true } else { false } })
    let run = RunFolder(try RunName("a-b"), in: try Workspace(at: folder.path))
    let report = try String(contentsOfFile: run.markdown, encoding: .utf8)
    #expect(report.contains("| SSIM | ") && !report.contains("round truth"))
    #expect(try Image(reading: run.preview).height < 7 * 96)
  }

  @Test func onlyOneSyntheticPersonHasNoTrueSwap() throws {
    let folder = try TemporaryFolder()
    let a = try writeSyntheticFaces("a", melanin: 0.1, in: folder)
    let b = try writeFaces("b", in: folder, seed: 2)
    #expect(
      try reason(a, b, in: folder)
        == "No ground-truth metrics: not all pictures of B are synthetic.")
  }

  @Test func severalPeopleInAFolderHaveNoTrueSwap() throws {
    let folder = try TemporaryFolder()
    let a = try writeSyntheticFaces("a", melanin: 0.1, in: folder) { scene, index in
      if index == 3 { scene.identity.jawWidth = 2 }
    }
    let b = try writeSyntheticFaces("b", melanin: 0.9, in: folder)
    #expect(
      try reason(a, b, in: folder)?.contains("the pictures of A show several identities.") == true)
  }

  @Test func onePersonTwiceHasNoTrueSwap() throws {
    let folder = try TemporaryFolder()
    let a = try writeSyntheticFaces("a", melanin: 0.1, in: folder)
    let b = try writeSyntheticFaces("b", melanin: 0.1, in: folder)
    #expect(try reason(a, b, in: folder)?.contains("A and B are the same identity.") == true)
  }

  @Test func picturesThatTheirScenesDoNotGiveAreNotBelieved() throws {
    let folder = try TemporaryFolder()
    let a = try writeSyntheticFaces("a", melanin: 0.1, in: folder)
    let b = try writeSyntheticFaces("b", melanin: 0.9, in: folder)
    #expect(
      try reason(a, b, in: folder)?.contains("the pictures of A were rendered by another version")
        == true)
  }

  @Test func whatIsNotKnownCannotSelect() throws {
    let folder = try TemporaryFolder()
    _ = try testWorkspace(in: folder)
    var request = SwapRequest(
      a: try writeFaces("a", in: folder, seed: 1), b: try writeFaces("b", in: folder, seed: 2))
    (request.workspace, request.selection) = (folder.path, .groundTruth)
    #expect(throws: WorkflowError.noTruth(run: "a-b")) { try SwapRun.train(request) }
  }

  private func reason(_ a: String, _ b: String, in folder: TemporaryFolder) throws -> String? {
    let (outcome, events) = try train(a, b, in: folder)
    #expect(outcome.best?.groundTruth == nil)
    return events.compactMap { if case .lacksGroundTruth(let reason) = $0 { reason } else { nil } }
      .first
  }

  private func train(
    _ a: String, _ b: String, in folder: TemporaryFolder
  ) throws -> (SwapOutcome, [SwapEvent]) {
    _ = try testWorkspace(in: folder)
    var request = SwapRequest(a: a, b: b)
    request.workspace = folder.path
    request.batch = 1
    request.budget.iterations = 1
    var events: [SwapEvent] = []
    let outcome = try SwapRun.train(request) { events.append($0) }
    return (outcome, events)
  }
}
