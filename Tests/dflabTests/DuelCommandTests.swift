import ArgumentParser
import Records
import Testing
import Workflows

@testable import dflab

@Suite struct DuelCommandTests {
  @Test func optionsBecomeARequest() throws {
    let command = try Duel.parse([
      "--rounds", "3", "--repetitions", "2", "--replay", "0.25", "--minutes", "90", "--name", "x",
      "--a",
      "p", "q", "--b", "r", "s", "--recipe", "r.json", "--external", "celeb", "--seed", "5",
    ])
    let request = try command.request
    #expect(request.rounds == 3 && request.repetitions == 2 && request.replay == 0.25)
    #expect(request.a == ["p", "q"] && request.b == ["r", "s"])
    #expect(request.minutes == 90 && request.name == "x" && request.recipe == "r.json")
    #expect(request.external == "celeb" && request.seed == 5)
    #expect(try Duel.parse([]).request == DuelRequest())
  }

  @Test(arguments: [
    (["--rounds", "1"], "--rounds must be between 2 and 50, not 1."),
    (["--repetitions", "0"], "--repetitions must be between 1 and 50, not 0."),
    (["--replay", "1.5"], "--replay must be between 0.0 and 1.0, not 1.5."),
    (["--minutes", "0"], "--minutes must be above 0.0, not 0.0."),
  ])
  func impossibleOptionsAreRefused(words: [String], sentence: String) {
    #expect { try Duel.parse(words) } throws: { Duel.message(for: $0) == sentence }
  }
}
