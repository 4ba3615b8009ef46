import ArgumentParser
import Records
import Testing
import Workflows

@testable import dflab

@Suite struct ReportCommandTests {
  @Test func aRunMayBeNamed() throws {
    #expect(try Report.parse([]).name == nil)
    let command = try Report.parse(["alice-bob", "--workspace", "/w", "--json"])
    #expect(
      command.name == "alice-bob" && command.listing.workspace == "/w" && command.listing.json)
  }

  @Test func theBoardIsAskedForWhereSomethingLearns() throws {
    let swap = ["--a", "x", "--b", "y"]
    #expect(try Swap.parse(swap).request.sessionOptions.hasBoard == false)
    #expect(try Swap.parse(swap + ["--tensorboard"]).request.sessionOptions.hasBoard == true)
    #expect(try Detect.parse(["--retrain"]).trainingRequest.hasBoard == false)
    #expect(try Detect.parse(["--retrain", "--tensorboard"]).trainingRequest.hasBoard)
  }
}
