import ArgumentParser
import Engine
import Generation
import Lab
import Testing

@testable import dflab

@Suite struct SwapCommandTests {
  @Test func optionsBecomeARequest() throws {
    let request = try Swap.parse([
      "--a", "x", "--b", "y", "--name", "n", "--model", "original", "--minutes", "1.5",
      "--iterations", "9", "--batch", "4", "--seed", "5", "--precision", "bf16",
      "--learning-rate", "0.001", "--judge", "truth", "--holdout", "0.2", "--sharpen", "0.5",
      "--evaluate-every", "7",
      "--save-every", "2", "--workspace", "w",
    ]).request()
    #expect(request.a == "x" && request.b == "y" && request.name == "n")
    #expect(request.architecture == .original && request.precision == .bfloat16)
    #expect(request.budget == SwapBudget(iterations: 9, seconds: 90))
    #expect(request.batch == 4 && request.seed == 5 && request.holdout == 0.2)
    #expect(request.judge == .truth)
    #expect(request.learningRate == 0.001 && request.workspace == "w")
    #expect(request.habits.sharpen == 0.5 && request.habits.saveEvery == 2)
    #expect(request.habits.evaluateEvery == 7 && request.habits.previewEvery == 7)
  }

  @Test func whatIsNotGivenIsLeftToTheRun() throws {
    let request = try Swap.parse(["--a", "x", "--b", "y"]).request()
    #expect(request == SwapRequest(a: "x", b: "y"))
  }

  @Test(arguments: [
    (["--batch", "0"], "--batch must be between 1 and 1024, not 0."),
    (["--minutes", "-3"], "--minutes must be above 0.0, not -3.0."),
    (["--minutes", "nan"], "--minutes must be above 0.0, not nan."),
    (["--iterations", "0"], "--iterations must be between 1 and 1000000000, not 0."),
    (["--holdout", "1"], "--holdout must be between 0.01 and 0.9, not 1.0."),
    (["--sharpen", "3"], "--sharpen must be between 0.0 and 2.0, not 3.0."),
    (["--learning-rate", "0"], "--learning-rate must be above 0.0, not 0.0."),
    (["--save-every", "0"], "--save-every must be above 0.0, not 0.0."),
    (["--threads", "0"], "--threads must be between 1 and 1024, not 0."),
    (
      ["--evaluate-every", "10", "--preview-every", "15"],
      "--preview-every must be a multiple of --evaluate-every, 10."
    ),
  ])
  func wrongValuesAreRefusedInOneSentence(options: [String], sentence: String) {
    do {
      _ = try Swap.parse(["--a", "x", "--b", "y"] + options)
      Issue.record("\(options) was not refused")
    } catch {
      #expect(Swap.message(for: error) == sentence)
      #expect(Swap.exitCode(for: error) == .validationFailure)
    }
  }

  @Test(arguments: [["--a", "x"], ["--b", "x", "--pretrained", "demo"], []])
  func bothFoldersAreNeeded(options: [String]) {
    do {
      _ = try Swap.parse(options)
      Issue.record("\(options) was taken")
    } catch {
      #expect(Swap.message(for: error) == "Name two folders, with --a and with --b.")
    }
  }

  @Test func aPretrainedModelIsNotTrained() throws {
    let command = ["--a", "x", "--b", "y", "--pretrained", "demo"]
    #expect(try Swap.parse(command).request().pretrained == "demo")
    do {
      _ = try Swap.parse(command + ["--minutes", "1"])
      Issue.record("minutes were taken")
    } catch {
      #expect(
        Swap.message(for: error) == "--pretrained trains nothing: leave --minutes away.")
    }
  }
}
