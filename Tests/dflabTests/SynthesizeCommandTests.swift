import ArgumentParser
import Records
import Testing
import Workflows

@testable import dflab

@Suite struct SynthesizeCommandTests {
  @Test func optionsBecomeARequest() throws {
    let request = try Synthesize.parse([
      "--recipe", "r", "--people", "3", "--count", "9", "--seed", "5", "--out", "o", "--sequence",
      "--yaw", "20", "--pitch", "5.5", "--roll", "0", "--size", "128", "--no-masks", "--depth",
      "--force", "--workspace", "w", "--rate", "30", "--blinks", "12", "--heart-rate", "70",
      "--pulse", "0.5", "--camera", "9", "--pattern", "1.5", "--video", "--quality", "23",
      "--lossless",
    ]).request
    #expect(request.recipe == "r" && request.people == 3 && request.count == 9)
    #expect(request.seed == 5 && request.out == "o" && request.sequence == true)
    #expect(request.yaw == 20 && request.pitch == 5.5 && request.roll == 0)
    #expect(request.size == 128 && request.masks == false && request.depth == true)
    #expect(request.rate == 30 && request.blinks == 12 && request.heartRate == 70)
    #expect(request.pulse == 0.5 && request.camera == 9 && request.pattern == 1.5)
    #expect(request.video == true && request.quality == 23 && request.lossless == true)
    #expect(request.isForced && request.workspace == "w")
  }

  @Test func whatIsNotGivenIsLeftToTheRecipe() throws {
    #expect(try Synthesize.parse([]).request == SynthesisRequest())
  }

  @Test(arguments: [
    (["--people", "0"], "--people must be at least 1, not 0."),
    (["--count", "0"], "--count must be at least 1, not 0."),
    (["--count", "-5"], "--count must be at least 1, not -5."),
    (["--size", "2000"], "--size must be between 64 and 1024, not 2000."),
    (["--yaw", "90"], "--yaw must be between 0.0 and 45.0, not 90.0."),
    (["--pitch", "-1"], "--pitch must be between 0.0 and 25.0, not -1.0."),
    (["--rate", "5"], "--rate must be between 10 and 60, not 5."),
    (["--heart-rate", "20"], "--heart-rate must be between 40.0 and 180.0, not 20.0."),
    (["--camera", "-1"], "--camera must be between 0 and 999999999, not -1."),
    (["--blinks", "12"], "--blinks requires --sequence or --video."),
    (["--pulse", "0", "--no-sequence"], "--pulse requires --sequence or --video."),
    (["--roll", "nan"], "--roll must be between 0.0 and 20.0, not nan."),
  ])
  func wrongValuesAreRefusedInOneSentence(options: [String], sentence: String) {
    do {
      _ = try Synthesize.parse(options)
      Issue.record("\(options) was not refused")
    } catch {
      #expect(Synthesize.message(for: error) == sentence)
      #expect(Synthesize.exitCode(for: error) == .validationFailure)
    }
  }
}
