import Foundation
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
