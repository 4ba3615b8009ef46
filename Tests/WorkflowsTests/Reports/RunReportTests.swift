import Engine
import Foundation
import Generation
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite struct RunReportTests {
  private let folder: TemporaryFolder
  private let workspace: Workspace

  init() throws {
    folder = try TemporaryFolder()
    workspace = try testWorkspace(in: folder)
  }

  @Test func aSwapRunTellsItsMetricsSettingsAndTimes() throws {
    var request = try request
    request.lossOptions.gan = .lsgan
    request.lossOptions.ganWarmup = 1
    _ = try SwapRun.train(request)
    let run = RunFolder(name: "a-b", in: workspace)
    try expectReport(in: run.lab)
    let results = try #require(try SwapResults.read(at: run.results))
    let page = try String(contentsOfFile: run.page, encoding: .utf8)
    for row in results.reconstruction.rows {
      for value in row.values {
        let text = SwapMetrics.text(value, row.digits)
        #expect(page.contains("<td class=\"number\">\(text)</td>"), "\(row.metric) \(text)")
      }
    }
    for chart in ["loss", "ssim", "psnr", "sharpness", "discriminators", "separation"] {
      #expect(FileManager.default.fileExists(atPath: "\(run.lab)/charts/curve-\(chart).svg"))
    }
    for words in ["--gan", "lsgan", "ms per step", "data:image/png"] {
      #expect(page.contains(words), "\(words)")
    }
  }

  @Test func theNewestIsTakenWithoutAName() throws {
    #expect(throws: RecordsError.noReport(name: nil, nearest: nil)) {
      try RunReport(writing: nil, workspace: workspace.path)
    }
    _ = try SwapRun.train(try request)
    var second = try request
    second.name = "later"
    _ = try SwapRun.train(second)
    let report = try RunReport(writing: nil, workspace: workspace.path)
    #expect(report.run == "later" && report.markdown == "\(workspace.lab(of: "later"))/report.md")
    #expect(try RunReport(writing: "a-b", workspace: workspace.path).run == "a-b")
    #expect(try RunReport(writing: workspace.lab(of: "a-b"), workspace: nil).run == "a-b")
  }

  @Test func whatIsNotThereIsNamedWithTheNearest() throws {
    try RunFolder.make(workspace.lab(of: "alice-bob"))
    #expect(throws: RecordsError.noReport(name: "alice-bop", nearest: "alice-bob")) {
      try RunReport(writing: "alice-bop", workspace: workspace.path)
    }
    #expect(
      RecordsError.noReport(name: "alice-bop", nearest: "alice-bob").description
        == "No run or dataset 'alice-bop' in Labs or Datasets. Did you mean 'alice-bob'?")
    #expect(throws: RecordsError.noReport(name: "./nowhere", nearest: nil)) {
      try RunReport(writing: "./nowhere", workspace: workspace.path)
    }
  }

  @Test func whatHasNoResultsYetSaysHowToGetThem() throws {
    _ = try SwapRun.train(try request)
    try FileManager.default.removeItem(atPath: "\(workspace.lab(of: "a-b"))/results.json")
    let refusal = RecordsError.nothingToReport(
      name: "a-b", reason: "it has no results yet. Rerun 'dflab swap' to resume it")
    #expect(throws: refusal) { try RunReport(writing: "a-b", workspace: workspace.path) }
    try RunFolder.make(workspace.lab(of: "empty"))
    do {
      _ = try RunReport(writing: "empty", workspace: workspace.path)
      Issue.record("an empty folder has no report")
    } catch let error as RecordsError {
      #expect(error.description.hasPrefix("No report for 'empty': "))
    }
  }

  @Test func aReportThatIsWrittenAnewIsNotedAndSigned() throws {
    func record(_ body: () throws -> Void) rethrows {
      try RecordingContext.record(warn: { Issue.record("\($0)") }, body)
    }
    try record { _ = try SwapRun.train(try request) }
    let run = RunFolder(name: "a-b", in: workspace)
    let ledger = "\(run.lab)/\(Ledger.name)"
    // As an older program has left it.
    try Data("older".utf8).write(to: URL(filePath: run.page))
    record {
      Recording.noteAgain([run.page], making: "report", of: run.lab, in: workspace)
    }
    #expect(try workspace.check(run: "Labs/a-b").isWhole)
    try record { _ = try RunReport(writing: "a-b", workspace: workspace.path) }
    #expect(try workspace.check(run: "Labs/a-b").isWhole)
    let page = try workspace.check(file: run.page)
    #expect(page.verdict == .unchanged && page.making == "swap, report" && page.faults == [])
    #expect(try RunRecord.read(in: run.lab)?.sessions.map(\.outcome) == [.done])
    // A cut to what the ledger was before is told.
    let whole = try Data(contentsOf: URL(filePath: ledger))
    let lines = whole.split(separator: 0x0A)
    try Data((lines.dropLast(2).joined(separator: [0x0A]) + [0x0A])).write(
      to: URL(filePath: ledger))
    #expect(try workspace.check(run: "Labs/a-b").faults.count == 1)
    // What is wrong with a ledger is not signed away.
    let cut = try Data(contentsOf: URL(filePath: ledger))
    try Data("older".utf8).write(to: URL(filePath: run.page))
    try record { _ = try RunReport(writing: "a-b", workspace: workspace.path) }
    #expect(try Data(contentsOf: URL(filePath: ledger)) == cut)
  }

  @Test func aReportOfARunWithoutARecordLeavesNone() throws {
    _ = try SwapRun.train(try request)
    try RecordingContext.record(warn: { Issue.record("\($0)") }) {
      _ = try RunReport(writing: "a-b", workspace: workspace.path)
    }
    for name in [RunRecord.name, Ledger.name] {
      #expect(!FileKind.isThere("\(workspace.lab(of: "a-b"))/\(name)"))
    }
  }

  private var request: SwapRequest {
    get throws {
      var request = SwapRequest(
        a: try writeFaces("a", in: folder, seed: 1), b: try writeFaces("b", in: folder, seed: 2))
      (request.workspace, request.batch) = (workspace.path, 1)
      request.budget.iterations = 2
      return request
    }
  }
}
