import ArgumentParser
import Engine
import Generation
import Records
import Testing
import Workflows

@testable import dflab

@Suite struct SwapCommandTests {
  @Test func optionsBecomeARequest() throws {
    let request = try Swap.parse([
      "--a", "x", "--b", "y", "--name", "n", "--model", "original", "--minutes", "1.5",
      "--iterations", "9", "--batch", "4", "--seed", "5", "--precision", "bf16",
      "--learning-rate", "0.001", "--select-by", "ground-truth", "--holdout", "0.2", "--sharpen",
      "0.5",
      "--evaluate-every", "7",
      "--save-every", "2", "--workspace", "w",
    ]).request
    #expect(request.a == "x" && request.b == "y" && request.name == "n")
    #expect(request.architecture == .original && request.precision == .bfloat16)
    #expect(request.budget == SwapBudget(iterations: 9, seconds: 90))
    #expect(request.batch == 4 && request.seed == 5 && request.holdout == 0.2)
    #expect(request.selection == .groundTruth)
    #expect(request.learningRate == 0.001 && request.workspace == "w")
    #expect(request.sessionOptions.sharpen == 0.5 && request.sessionOptions.saveEvery == 2)
    #expect(request.sessionOptions.evaluateEvery == 7 && request.sessionOptions.previewEvery == nil)
  }

  @Test func lossOptionsBecomeARequest() throws {
    let request = try Swap.parse([
      "--a", "x", "--b", "y", "--loss", "mae+dssim", "--edge-weight", "0.5", "--eye-weight", "3",
      "--mouth-weight", "2",
      "--gan", "hinge", "--gan-weight", "0.25", "--gan-learning-rate", "0.001", "--gan-warmup", "7",
      "--color-jitter", "2", "--occlusion", "0.25", "--unwarped-fraction", "0.125", "--mask",
      "learned",
      "--direction", "b2a",
    ]).request
    var options = SwapLossOptions()
    (options.loss, options.edgeWeight, options.eyeWeight, options.mouthWeight) = (.both, 0.5, 3, 2)
    (options.gan, options.ganWeight, options.ganLearningRate, options.ganWarmup) = (
      .hinge, 0.25, 0.001, 7
    )
    (options.colorJitter, options.occlusion, options.unwarpedFraction) = (2, 0.25, 0.125)
    #expect(request.lossOptions == options)
    #expect(request.mask == .learned && request.sessionOptions.direction == .b2a)
  }

  @Test func howPicturesAreTakenCanBeSaid() throws {
    let request = try Swap.parse(["--a", "x", "--b", "y", "--extract"]).request
    #expect(request.takesPhotographs && !request.takesCrops)
    #expect(try Swap.parse(["--a", "x", "--b", "y", "--aligned"]).request.takesCrops)
  }

  @Test func whatIsNotGivenIsLeftToTheRun() throws {
    let request = try Swap.parse(["--a", "x", "--b", "y"]).request
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
    (["--edge-weight", "11"], "--edge-weight must be between 0.0 and 10.0, not 11.0."),
    (["--eye-weight", "0.5"], "--eye-weight must be between 1.0 and 100.0, not 0.5."),
    (
      ["--gan", "lsgan", "--gan-learning-rate", "0"],
      "--gan-learning-rate must be above 0.0, not 0.0."
    ),
    (
      ["--gan-weight", "0.2"],
      "--gan-weight requires --gan."
    ),
    (["--aligned", "--extract"], "--aligned cannot be used with --extract. Omit one of them."),
    (["--color-jitter", "-1"], "--color-jitter must be between 0.0 and 5.0, not -1.0."),
    (["--unwarped-fraction", "2"], "--unwarped-fraction must be between 0.0 and 1.0, not 2.0."),
    (["--threads", "0"], "--threads must be between 1 and 1024, not 0."),
    (
      ["--evaluate-every", "10", "--preview-every", "15"],
      "--preview-every must be a multiple of --evaluate-every (10), not 15."
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
      #expect(Swap.message(for: error) == "Give two folders of pictures, --a and --b.")
    }
  }

  @Test func aPretrainedModelIsNotTrained() throws {
    let command = ["--a", "x", "--b", "y", "--pretrained", "demo"]
    #expect(try Swap.parse(command).request.pretrained == "demo")
    do {
      _ = try Swap.parse(command + ["--minutes", "1"])
      Issue.record("minutes were taken")
    } catch {
      #expect(
        Swap.message(for: error)
          == "--minutes cannot be used with --pretrained, which does not train. Omit it.")
    }
  }
}
