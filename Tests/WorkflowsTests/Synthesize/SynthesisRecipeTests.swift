import Foundation
import Synthesis
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite struct SynthesisRecipeTests {
  /// `Datasets/recipes` of the repository.
  private let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Datasets/recipes")

  @Test func theProgramBringsTheRecipesOfTheRepositoryAlong() throws {
    let names = try FileManager.default.contentsOfDirectory(
      atPath: folder.path(percentEncoded: false))
    #expect(Set(names) == Set(SynthesisRecipe.builtIn.keys.map { "\($0).json" }))
    for (name, text) in SynthesisRecipe.builtIn {
      let file = folder.appending(path: "\(name).json")
      #expect(try String(contentsOf: file, encoding: .utf8) == text, "\(name)")
      let recipe = try SynthesisRecipe(named: name, in: nil)
      #expect(!recipe.about.isEmpty)
    }
  }

  @Test func whatARecipeLeavesOutIsAsUsual() throws {
    #expect(try recipe("{}") == SynthesisRecipe())
    var expected = SynthesisRecipe()
    (expected.people, expected.seed, expected.yaw) = (5, 18_446_744_073_709_551_615, 12.5)
    (expected.sequence, expected.depth) = (true, false)
    let text =
      #"{"people":5,"seed":18446744073709551615,"yaw":12.5,"sequence":true,"depth":false}"#
    #expect(try recipe(text) == expected)
  }

  @Test func signalsAreDrawnUnlessTheyAreNamed() throws {
    #expect(try recipe(#"{"blinks":null}"#) == SynthesisRecipe())
    let named = try recipe(
      #"{"video":true,"blinks":12,"heartRate":72,"pulse":1,"camera":4,"pattern":2,"rate":30}"#)
    #expect(named.isSequence && named.isLossless && named.picture(0) == "000001.png")
    var signals = SignalSettings()
    (signals.framesPerSecond, signals.blinkRate, signals.heartRate) = (30, 12, 72)
    (signals.pulseStrength, signals.camera, signals.sensorPattern) = (0.01, 4, 0.02)
    #expect(named.signals == signals)
    #expect(SynthesisRecipe().signals == SignalSettings())
  }

  @Test func signalsNeedASequence() throws {
    var request = SynthesisRequest()
    request.heartRate = 70
    #expect(request.conflict == "--heart-rate requires --sequence or --video.")
    #expect(throws: refusal("demo", "'heartRate' requires 'sequence' or 'video'")) {
      request.recipe = "demo"
      _ = try request.resolved(in: nil)
    }
    request.video = true
    #expect(request.conflict == nil)
    #expect(try request.resolved(in: nil).heartRate == 70)
  }

  @Test(arguments: [
    (#"{"poeple":2}"#, "unknown key 'poeple' (did you mean 'people'?)"),
    (#"{"Yaw":2}"#, "unknown key 'Yaw' (did you mean 'yaw'?)"),
    (#"{"wavelength":2}"#, "unknown key 'wavelength'"),
    (#"{"people":0}"#, "'people' must be between 1 and 200000, not 0"),
    (#"{"count":-5}"#, "'count' must be between 1 and 200000, not -5"),
    (#"{"yaw":46}"#, "'yaw' must be between 0.0 and 45.0, not 46.0"),
    (#"{"pitch":-1}"#, "'pitch' must be between 0.0 and 25.0, not -1.0"),
    (#"{"roll":21}"#, "'roll' must be between 0.0 and 20.0, not 21.0"),
    (#"{"size":63}"#, "'size' must be between 64 and 1024, not 63"),
    (#"{"rate":9}"#, "'rate' must be between 10 and 60, not 9"),
    (#"{"blinks":61}"#, "'blinks' must be between 0.0 and 60.0, not 61.0"),
    (#"{"heartRate":30}"#, "'heartRate' must be between 40.0 and 180.0, not 30.0"),
    (#"{"pulse":-1}"#, "'pulse' must be between 0.0 and 5.0, not -1.0"),
    (#"{"camera":-1}"#, "'camera' must be between 0 and 999999999, not -1"),
    (#"{"pattern":6}"#, "'pattern' must be between 0.0 and 5.0, not 6.0"),
    (#"{"quality":52}"#, "'quality' must be between 0 and 51, not 52"),
    (#"{"heartRate":70}"#, "'heartRate' requires 'sequence' or 'video'"),
    (#"{"video":true,"size":65}"#, "'size' must be even for a video, not 65"),
    (#"{"people":"two"}"#, "'people' has the wrong type"),
    (#"{"people":null}"#, "'people' has the wrong type"),
    (#"{"seed":-1}"#, "'seed' is too large, negative, or not an integer"),
    (#"{"count":2.5}"#, "'count' is too large, negative, or not an integer"),
    ("[1]", "not a JSON object"),
    ("people: 2", "invalid JSON"),
  ])
  func whatCannotBeIsRefused(text: String, reason: String) {
    #expect(throws: refusal("x.json", reason)) { try recipe(text) }
  }

  @Test func aNameIsLookedForInTheWorkspaceFirst() throws {
    let folder = try TemporaryFolder()
    let workspace = try testWorkspace(in: folder)
    try FileManager.default.createDirectory(
      atPath: workspace.recipes, withIntermediateDirectories: true)
    try Data(#"{"people":9}"#.utf8).write(to: URL(filePath: workspace.recipes + "/demo.json"))
    try Data(#"{"people":8}"#.utf8).write(to: URL(filePath: workspace.recipes + "/mine.json"))
    #expect(try SynthesisRecipe(named: "demo", in: workspace).people == 9)
    #expect(try SynthesisRecipe(named: "demo", in: nil).people == 2)
    #expect(try SynthesisRecipe(named: workspace.recipes + "/mine.json", in: nil).people == 8)
    #expect(throws: WorkflowError.unknownRecipe(name: "deno", known: ["demo", "mine"])) {
      try SynthesisRecipe(named: "deno", in: workspace)
    }
    #expect(throws: refusal("./no.json", "no such file")) {
      try SynthesisRecipe(named: "./no.json", in: workspace)
    }
  }

  @Test func optionsGoBeforeTheRecipe() throws {
    var request = SynthesisRequest()
    request.recipe = "demo"
    #expect(try request.resolved(in: nil) == SynthesisRecipe(named: "demo", in: nil))
    (request.people, request.yaw, request.masks) = (3, 1, false)
    let recipe = try request.resolved(in: nil)
    #expect(recipe.people == 3 && recipe.yaw == 1 && !recipe.masks && recipe.seed == 7)
  }

  private func refusal(_ path: String, _ reason: String) -> RecordsError {
    .badRecipe(path: path, reason: reason, manual: "Datasets/README.md")
  }

  private func recipe(_ text: String) throws -> SynthesisRecipe {
    try SynthesisRecipe(json: Data(text.utf8), path: "x.json")
  }
}
