import Engine
import Faces
import Foundation
import Generation
import Media
import TestSupport
import Testing

@testable import Records
@testable import Workflows

/// Conversions in a workspace, on behalf of a command.
@Suite(.serialized) struct ConversionReportTests {
  private let video: TwoPersonVideo
  private let workspace: Workspace
  private let request: ConversionRequest
  private var home: String { workspace.lab(of: "convert-out") }

  init() throws {
    video = try TwoPersonVideo(frames: 40, second: 10..<30)
    workspace = try testWorkspace(in: video.folder)
    request = ConversionRequest(
      model: try video.weights(), input: video.clip, side: .b, output: video.folder.path("out.mp4"))
  }

  private func convert(
    _ request: ConversionRequest, _ interruption: Interruption = Interruption()
  ) throws -> ConversionOutcome {
    try RecordingContext.record(warn: { Issue.record("\($0)") }) {
      try Conversion.run(request, interruption: interruption)
    }
  }

  private func markdown(_ folder: String) throws -> String {
    try String(contentsOfFile: "\(folder)/report.md", encoding: .utf8)
  }

  @Test func aVideoHasAPageInItsRecord() throws {
    let outcome = try convert(request)
    #expect(outcome.report == "\(home)/report.html")
    #expect(outcome.facesFound == 60 && outcome.facesSwapped == 40)
    try expectReport(in: home)
    #expect(try RunReport(writing: "convert-out", workspace: workspace.path).folder == home)
    #expect(try RunReport(writing: nil, workspace: workspace.path).folder == home)
    let page = try markdown(home)
    for words in [
      "| frames | 40 |", "| frames with a swapped face | 40 |", "| faces found | 60 |",
      "| faces swapped | 40 |", "| faces not swapped | 20 |",
      "| size (pixels) | 520×280 | 520×280 |",
      "| codec | h264 | h264 |", "| 1 | 40 |", "| detect |", "| --mask | hull |",
      "dflab convert --model weights.safetensors --input two.mp4 --to b --out out-repeat.mp4 "
        + "--mask hull",
    ] {
      #expect(page.contains(words), "\(words)")
    }
    #expect(!page.contains(video.folder.path), "nothing of the machine")

    let sheet = "\(home)/\(ConversionSheet.file)"
    let bytes = try Data(contentsOf: URL(filePath: sheet))
    #expect(bytes.range(of: Data("digitalsourcetype/trainedAlgorithmicMedia".utf8)) != nil)
    #expect(try Image(reading: sheet).width > 4 * 220)
    let files = try Registry(workspace: workspace.path).files(of: "Labs/convert-out").map(\.path)
    for name in ["report.html", "report.md", ConversionRecord.name, ConversionSheet.file] {
      #expect(files.contains("Labs/convert-out/\(name)"), "\(name) is in the ledger")
    }
    #expect(files.contains("out.mp4"))
    #expect(try workspace.check(run: "Labs/convert-out").isWhole)
  }

  @Test func theSheetShowsTheFramesBeforeAndAfter() throws {
    var request = request
    request.face = .number(2)
    let outcome = try convert(request)
    #expect(outcome.shown.count == 4 * 2)
    let times = outcome.shown.compactMap(\.time)
    #expect(times.allSatisfy { video.second.contains(Int(($0 * 25).rounded())) })
    #expect(times == times.sorted() && Set(times).count == 8)
    let place = TwoPersonVideo.places[1]
    for face in outcome.shown {
      #expect(face.x >= place.x - 8 && face.x + face.width <= TwoPersonVideo.width)
    }
    // The second, smaller face is shown close by as well.
    let sheet = try Image(reading: "\(home)/\(ConversionSheet.file)")
    #expect(sheet.height > 4 * 220)
    let rows = (0..<4).map { row in
      let top = sheet.height - 20 - 220 * (4 - row) - 4 * (3 - row)
      return sheet.cropped(x: sheet.width - 20 - 220, y: top, width: 220, height: 220)
    }
    #expect(rows[0] != rows[1] && rows[2] != rows[3])
  }

  @Test func anInterruptedOneHasNoPageAndAFreshOneFreshTimes() throws {
    let interruption = Interruption()
    interruption.press()
    #expect(try convert(request, interruption).report == nil)
    #expect(throws: RecordsError.self) { try RunReport(in: home) }
    for _ in 0..<2 { _ = try convert(request) }
    #expect(SessionTiming.all(in: home).map(\.done) == [40])
  }

  @Test func picturesInTheWorkspaceAreNotMixedWithTheirPage() throws {
    let pictures = video.folder.path("pictures")
    try FileManager.default.createDirectory(atPath: pictures, withIntermediateDirectories: true)
    for (name, picture) in zip(["1", "2"], video.portraits) {
      try WholeFile.write(try picture.encoded(as: .png, mark: nil), to: "\(pictures)/\(name).png")
    }
    let plain = Image(width: 90, height: 90, filled: Color(gray: 90))
    try WholeFile.write(try plain.encoded(as: .png, mark: nil), to: "\(pictures)/3.png")
    var request = request
    (request.input, request.output) = (pictures, workspace.datasets(of: "swapped"))
    let outcome = try convert(request)
    #expect(outcome.swapped == 2 && outcome.facesFound == 2 && outcome.facesSwapped == 2)
    #expect(outcome.shown.map(\.name) == ["1.png", "2.png"])
    #expect(outcome.report == "\(request.output)/report.html")
    try expectReport(in: request.output)
    let page = try markdown(request.output)
    #expect(
      page.contains("| pictures | 3 |") && page.contains("Skipping '3.png': no matching face"))
    #expect(page.contains("--out Datasets/swapped-repeat") && !page.contains("--codec"))
    #expect(try FaceListing(of: request.output).names == ["1.png", "2.png"])
    #expect(try SourceSet.all(of: workspace).map(\.name) == ["swapped"])
    let ledger = try #require(try LedgerReading(of: "\(request.output)/\(Ledger.name)"))
    let first = ledger.lines.filter { $0.file == "Datasets/swapped/1.png" }
    #expect(first.count == 1 && first[0].model != nil && first[0].parents?.count == 1)
  }

  @Test func withoutARecordThereIsNoPage() throws {
    #expect(try Conversion.run(request).report == nil)
    #expect(!FileManager.default.fileExists(atPath: home))
  }
}
