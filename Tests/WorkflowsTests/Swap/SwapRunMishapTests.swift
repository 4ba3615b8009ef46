import Engine
import Foundation
import Generation
import Media
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite struct SwapRunMishapTests {
  @Test func evenAShortSessionLogsItsLosses() throws {
    let folder = try TemporaryFolder()
    _ = try SwapRun.train(try request(in: folder))
    let lines = SwapLog.lines(at: try run(in: folder).log)
    #expect(lines.count == 1 && lines[0].stopped == .iterations)
    #expect(lines[0].lossA != nil && lines[0].lossB != nil && lines[0].ssimA != nil)
  }

  @Test func aRunThatWasNeverTrainedTakesOtherSettings() throws {
    let folder = try TemporaryFolder()
    var request = try request(in: folder)
    let interruption = Interruption()
    interruption.press()
    #expect(try SwapRun.train(request, interruption: interruption).iteration == 0)
    request.batch = 2
    #expect(try SwapRun.train(request).iteration == 1)
    request.batch = 1
    #expect(throws: RecordsError.self) { try SwapRun.train(request) }
  }

  @Test func settingsThatCannotBeReadAreNotTakenForMissing() throws {
    let folder = try TemporaryFolder()
    let run = try run(in: folder)
    try RunFolder.make(run.settings)
    do {
      _ = try SwapRun.train(try request(in: folder))
      Issue.record("a folder in the place of the settings was accepted")
    } catch RecordsError.unreadable(let path, _) {
      #expect(path == run.settings)
    }
  }

  @Test func theSettingsNameEveryFileThatCannotBeUsed() throws {
    let folder = try TemporaryFolder()
    let request = try request(in: folder)
    try WholeFile.write(Array("text".utf8), to: "\(try #require(request.a))/x.jpg")
    _ = try SwapRun.train(request)
    let record = try SwapRecord.read(at: try run(in: folder).settings)
    #expect(record?.a.skipped == ["'x.jpg' is not a picture of a supported format"])
    #expect(record?.b.skipped == [])
  }

  @Test func aSessionThatEndedBetweenItsBestWeightsAndItsStateBeginsAsTheFirstDid() throws {
    let folder = try TemporaryFolder()
    let (request, run) = (try request(in: folder), try run(in: folder))
    _ = try SwapRun.train(request)
    let loss = SwapLog.lines(at: run.log).last?.lossA
    try FileManager.default.removeItem(atPath: run.latest)
    try FileManager.default.removeItem(atPath: run.log)
    _ = try SwapRun.train(request)
    #expect(loss != nil && SwapLog.lines(at: run.log).last?.lossA == loss)
  }

  @Test func aPreviewOfOlderWeightsIsDrawnAnewWithTheSwaps() throws {
    let folder = try TemporaryFolder()
    let (request, run) = (try request(in: folder), try run(in: folder))
    _ = try SwapRun.train(request)
    // As if the session had been killed between its last save and its pictures.
    try WholeFile.write(Array("older".utf8), to: run.preview)
    try FileManager.default.removeItem(atPath: run.swaps)
    _ = try SwapRun.train(request)
    #expect(try Image(reading: run.preview).width > 64)
  }

  @Test func aPictureThatVanishesCostsItsOwnSwapAlone() throws {
    let folder = try TemporaryFolder()
    let request = try request(in: folder)
    let lost = "\(try #require(request.a))/03.png"
    #expect(throws: MediaError.self) {
      try SwapRun.train(request) { event in
        if case .stepped = event { try? FileManager.default.removeItem(atPath: lost) }
      }
    }
    let swaps = try run(in: folder).swaps
    let count = { (part: String) in
      try FileManager.default.contentsOfDirectory(atPath: "\(swaps)/\(part)").count
    }
    #expect(try count("a2b") == 15)
    #expect(try count("b2a") == 16)
  }

  @Test func aClosedPipeEndsNothing() throws {
    let watch = SignalWatch(Interruption())
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    #expect {
      try pipe.fileHandleForWriting.write(contentsOf: Data("line".utf8))
    } throws: { error in
      let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
      return cause?.domain == NSPOSIXErrorDomain && cause?.code == Int(EPIPE)
    }
    withExtendedLifetime(watch) {}
  }

  private func run(in folder: TemporaryFolder) throws -> RunFolder {
    RunFolder(try RunName("a-b"), in: try testWorkspace(in: folder))
  }

  private func request(in folder: TemporaryFolder) throws -> SwapRequest {
    _ = try testWorkspace(in: folder)
    var request = SwapRequest(
      a: try writeFaces("a", in: folder, seed: 1), b: try writeFaces("b", in: folder, seed: 2))
    request.workspace = folder.path
    request.budget.iterations = 1
    return request
  }
}
