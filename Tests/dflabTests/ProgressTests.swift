import Foundation
import TestSupport
import Testing

@Suite struct ProgressTests {
  @Test func progressAsJSONIsOneEventALineAndTheResult() throws {
    let folder = try TemporaryFolder()
    let output = Pipe()
    let process = try BuiltProgram(in: folder).start(
      [
        "faces", "synthesize", "--people", "1", "--count", "2", "--size", "64", "--out",
        folder.path("people"), "--progress", "json",
      ], output: output)
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let lines = try data.split(separator: 0x0A).map {
      try #require(try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any])
    }
    #expect(lines.dropLast().map { $0["event"] as? String } == ["started", "rendered"])
    #expect(lines.dropLast().last?["value"] as? Int == 2)
    #expect(lines.last?["pictures"] as? Int == 2, "the result comes last")
  }
}
