import Foundation
import Generation
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite struct RunLogTests {
  @Test func linesComeBackAsTheyWereWritten() throws {
    let folder = try TemporaryFolder()
    let lines = try write([10, 20], in: folder)
    #expect(SwapLog.lines(at: folder.path("log.jsonl")) == lines)
    let text = try String(contentsOfFile: folder.path("log.jsonl"), encoding: .utf8)
    #expect(
      text.hasPrefix("{\"iteration\":10,\"loss_a\":0.25,\"loss_b\":0.5,\"seconds\":1.235}\n"))
  }

  @Test func linesAheadOfTheWeightsAreCut() throws {
    let folder = try TemporaryFolder()
    let lines = try write([10, 20, 30], in: folder)
    let log = try SwapLog(at: folder.path("log.jsonl"), standingAt: 20)
    #expect(SwapLog.lines(at: folder.path("log.jsonl")) == Array(lines[..<2]))
    try log.append(lines[2])
    #expect(SwapLog.lines(at: folder.path("log.jsonl")) == lines)
  }

  @Test func aTornLineIsDropped() throws {
    let folder = try TemporaryFolder()
    let lines = try write([10, 20], in: folder)
    let path = folder.path("log.jsonl")
    let whole = try Data(contentsOf: URL(filePath: path))
    try (whole + Data("{\"iteration\":21,\"sec".utf8)).write(to: URL(filePath: path))
    let log = try SwapLog(at: path, standingAt: 25)
    #expect(try Data(contentsOf: URL(filePath: path)) == whole)
    try log.append(lines[0])
    #expect(SwapLog.lines(at: path).count == 3)
  }

  @Test func aLogThatCannotBeReadIsNotWrittenOver() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("log.jsonl")
    try RunFolder.make(path)
    do {
      _ = try SwapLog(at: path, standingAt: 1)
      Issue.record("a folder in the place of the log was accepted")
    } catch RecordsError.unreadable(let place, let reason) {
      #expect(place == path)
      #expect(!reason.contains("could not be completed") && !reason.hasSuffix("."), "\(reason)")
    }
  }

  @Test func evaluationsAndReasonsHaveTheirNames() throws {
    let quality = SwapQuality(ssimA: 0.5, ssimB: 0.25, psnrA: 20, psnrB: 30)
    var line = LogEntry(iteration: 3, seconds: 2).with(
      BestCheckpoint(iteration: 3, seconds: 2, quality: quality))
    line.stopped = .notFinite
    #expect(
      String(decoding: try SwapLog.json(of: line), as: UTF8.self)
        == """
        {"iteration":3,"psnr_a":20,"psnr_b":30,"seconds":2,"ssim_a":0.5,"ssim_b":0.25,\
        "stopped":"not finite"}
        """)
  }

  @Test func sharpnessHasItsName() throws {
    let quality = SwapQuality(
      ssimA: 0.5, ssimB: 0.25, psnrA: 20, psnrB: 30, sharpnessA: 0.75, sharpnessB: 0.5)
    let line = LogEntry(iteration: 3, seconds: 2).with(
      BestCheckpoint(iteration: 3, seconds: 2, quality: quality))
    let text = String(decoding: try SwapLog.json(of: line), as: UTF8.self)
    #expect(text.contains(#""sharpness_a":0.75,"sharpness_b":0.5"#))
  }

  @Test func whatIsNoNumberIsLeftOut() throws {
    let line = LogEntry(iteration: 1, seconds: 1).with(lossA: .nan, lossB: 1)
    #expect(
      String(decoding: try SwapLog.json(of: line), as: UTF8.self)
        == #"{"iteration":1,"loss_b":1,"seconds":1}"#)
  }

  /// A log with a line for each iteration.
  private func write(_ iterations: [Int], in folder: TemporaryFolder) throws -> [LogEntry] {
    let log = try SwapLog(at: folder.path("log.jsonl"), standingAt: 0)
    let lines = iterations.map {
      LogEntry(iteration: $0, seconds: 1.2345).with(lossA: 0.25, lossB: 0.5)
    }
    for line in lines { try log.append(line) }
    return lines
  }
}
