import ArgumentParser
import Generation
import Media
import Records
import Testing
import Workflows

@testable import dflab

@Suite struct ConvertCommandTests {
  private let needed = ["--model", "ab", "--input", "a.mp4", "--to", "b", "--out", "x.mp4"]

  @Test func optionsBecomeARequest() throws {
    let command = try Convert.parse(
      needed + [
        "--face", "2", "--codec", "ffv1", "--lossless", "--mask", "ellipse", "--color-transfer",
        "linear",
        "--blend", "poisson", "--sharpen", "0.5", "--quality", "23",
      ])
    var request = ConversionRequest(model: "ab", input: "a.mp4", side: .b, output: "x.mp4")
    request.face = .number(2)
    request.encoding.codec = .ffv1
    request.encoding.isLossless = true
    request.encoding.quality = 23
    request.mask = .ellipse
    request.insertion.colorTransfer = .linear
    request.insertion.blend = .poisson
    request.insertion.sharpening = 0.5
    #expect(try command.request == request)
  }

  @Test(arguments: [
    (
      ["--face", "0"],
      "--face must be largest, all, or a number of at least 1, not '0'."
    ),
    (["--sharpen", "3"], "--sharpen must be between 0.0 and 2.0, not 3.0."),
    (["--quality", "52"], "--quality must be between 0 and 51, not 52."),
  ])
  func wrongOptionsAreRefusedInASentence(options: [String], words: String) {
    #expect {
      try Convert.parse(needed + options)
    } throws: {
      Convert.message(for: $0) == words
    }
  }
}
