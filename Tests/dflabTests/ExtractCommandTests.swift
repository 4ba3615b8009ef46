import ArgumentParser
import Faces
import Records
import Testing
import Workflows

@testable import dflab

@Suite struct ExtractCommandTests {
  @Test func optionsBecomeARequest() throws {
    let request = try Extract.parse([
      "a.mp4", "folder", "--out", "set", "--every", "3", "--start", "1.5", "--end", "9",
      "--max-faces",
      "50",
      "--smooth", "--track", "--masks", "--min-size", "40", "--min-sharpness", "20", "--min-score",
      "0.5", "--min-brightness", "0.1", "--min-difference", "0.01", "--max-angle", "90", "--force",
    ]).request
    #expect(request.inputs == ["a.mp4", "folder"] && request.out == "set")
    #expect(
      request.every == 3 && request.start == 1.5 && request.end == 9 && request.maxFaces == 50)
    #expect(request.isSmooth && request.isTracked && request.hasMasks && request.isForced)
    #expect(request.smallest == 40 && request.limits.size == 40)
    #expect(request.limits.sharpness == 20 && request.limits.score == 0.5)
    #expect(request.limits.brightness == 0.1 && request.limits.difference == 0.01)
    #expect(abs((request.limits.angle ?? 0) - .pi / 2) < 1e-12)
  }

  @Test func withoutOptionsEveryFaceIsKept() throws {
    let request = try Extract.parse(["a.jpg", "--out", "set"]).request
    #expect(request == ExtractRequest(inputs: ["a.jpg"], out: "set"))
    #expect(request.limits == FaceLimits())
  }

  @Test(arguments: [
    (["--every", "0"], "--every must be between 1 and 1000000, not 0."),
    (["--start", "5", "--end", "4"], "--end must be above 5.0, not 4.0."),
    (["--min-size", "3"], "--min-size must be between 20.0 and 10000.0, not 3.0."),
    (["--max-faces", "0"], "--max-faces must be between 1 and 1000000, not 0."),
    (["--max-angle", "0"], "--max-angle must be between 1.0 and 90.0, not 0.0."),
    (
      ["--shard", "2/4", "--max-faces", "9"],
      "--max-faces cannot be used with --shard. Omit one of them."
    ),
    (["--min-score", "nan"], "--min-score must be between -1.0 and 10.0, not nan."),
  ])
  func wrongValuesAreRefusedInOneSentence(options: [String], sentence: String) {
    do {
      _ = try Extract.parse(["a.mp4", "--out", "set"] + options)
      Issue.record("\(options) was not refused")
    } catch {
      #expect(Extract.message(for: error) == sentence)
    }
  }
}
