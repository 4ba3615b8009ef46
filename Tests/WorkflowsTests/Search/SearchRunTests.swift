import Detection
import Engine
import Faces
import Foundation
import Media
import Search
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite struct SearchRunTests {
  private let shop: StripedWorkshop
  private let request: SearchRequest

  init() throws {
    shop = try StripedWorkshop()
    var request = SearchRequest(recipe: shop.folder.path("recipe.json"))
    (request.workspace, request.name) = (shop.workspace.path, "tuned")
    self.request = request
    try write(SearchRunTests.recipe)
  }

  private static let recipe = """
    {
      "detector": "cnn", "data": "striped", "steps": 4, "reports": 2, "repetitions": 2,
      "fixed": {"batch": 4, "filters-1": 4, "filters-2": 4, "filters-3": 4},
      "sampler": {"startupTrials": 2}, "pruner": {"startupTrials": 2},
      "phases": [
        {"name": "rates", "trials": 4, "parameters": {
          "learning-rate": {"low": 1e-5, "high": 1e-1, "log": true},
          "optimizer": {"choices": ["sgd", "adam", "adamw"]}}},
        {"name": "layers", "trials": 3, "parameters": {
          "kernel": {"choices": [3, 5]}, "activation": {"choices": ["relu", "leaky-relu"]}}},
        {"name": "narrow", "trials": 3, "narrowed": {"count": 1, "share": 0.25}}
      ]
    }
    """

  private func write(_ recipe: String) throws {
    try Data(recipe.utf8).write(to: URL(filePath: request.recipe))
  }

  @Test func aSearchEndsWithAWinnerAStudyAndAReport() throws {
    // The test split is not even there.
    let set = try LabeledDataset(reading: shop.path)
    for sample in set.samples(in: .test) {
      try Data("changed".utf8).write(to: URL(filePath: set.path(of: sample)))
    }
    let outcome = try SearchRun.search(request)
    let results = try #require(outcome.results)
    #expect(results.phases.map(\.name) == ["rates", "layers", "narrow"])
    #expect(results.phases.map(\.trials.count) == [4, 3, 3])
    #expect(results.phases[0].trials[0].values == ["learning-rate": "0.001", "optimizer": "adamw"])
    #expect(results.phases[2].ranges.keys.sorted() == ["learning-rate"])
    #expect(
      Set(results.winner.keys)
        == [
          "batch", "filters-1", "filters-2", "filters-3", "learning-rate", "optimizer", "kernel",
          "activation",
        ])
    #expect(results.comparison.seeds == [2, 3])
    #expect(results.comparison.winner.count == 2 && results.comparison.usual.count == 2)
    try expectReport(in: outcome.lab)
    let page = try String(contentsOfFile: "\(outcome.lab)/report.html", encoding: .utf8)
    for part in ["Winner and default", "Phase layers", "Parallel coordinates", "Importance"] {
      #expect(page.contains(part))
    }
    let storage = try StudyStorage(reading: outcome.study)
    #expect(try storage.studies == ["rates", "layers", "narrow"])
    let again = try SearchRun.search(request)
    #expect(again.results == results)
  }

  @Test func anInterruptedSearchEndsAsAnUninterruptedOne() throws {
    var whole = request
    whole.name = "whole"
    let expected = try #require(try SearchRun.search(whole).results)
    var count = 0
    for _ in 0..<30 {
      let interruption = Interruption()
      count += 3
      var events = 0
      let outcome = try SearchRun.search(request, interruption: interruption) { event in
        events += 1
        if events == count { interruption.press() }
      }
      guard let results = outcome.results else { continue }
      #expect(results.winner == expected.winner)
      #expect(results.comparison == expected.comparison)
      for (one, other) in zip(results.phases, expected.phases) {
        #expect(one.trials.map(\.values) == other.trials.map(\.values))
        #expect(one.trials.map(\.value) == other.trials.map(\.value))
      }
      return
    }
    Issue.record("the search did not end")
  }

  @Test func anotherRecipeIsRefusedForARunOfTheName() throws {
    let interruption = Interruption()
    interruption.press()
    _ = try SearchRun.search(request, interruption: interruption)
    try write(SearchRunTests.recipe.replacing("\"steps\": 4", with: "\"steps\": 5"))
    #expect(
      throws: RecordsError.differentSetting(
        run: "tuned", setting: "a recipe", has: "as in recipe.json", asked: "another one")
    ) { _ = try SearchRun.search(request) }
  }

  @Test func aSearchWhoseTrialsAllFailSaysWhy() throws {
    try write(
      """
      {"detector": "cnn", "data": "striped", "steps": 8, "fixed": {"batch": 4},
       "phases": [{"name": "hot", "trials": 3, "parameters": {
         "momentum": {"low": 0.9, "high": 0.95}}}],
       "sampler": {"kind": "random"}}
      """.replacing(
        "\"batch\": 4",
        with: "\"batch\": 4, \"optimizer\": \"sgd\", \"learning-rate\": 10, \"weight-decay\": 10"))
    do {
      _ = try SearchRun.search(request)
      Issue.record("it cannot succeed")
    } catch let error as WorkflowError {
      guard case .failedTrials("hot", 3, let reason) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(reason.contains("not finite"))
    }
  }

  @Test(arguments: [
    (#"{"phases": []}"#, "'phases' must be a list of 1 to 20 phases"),
    (#"{"phasen": []}"#, "unknown key 'phasen' (did you mean 'phases'?)"),
    (
      #"{"phases": [{"name": "x", "trial": 3}]}"#,
      "unknown key 'phases.trial' (did you mean 'phases.trials'?)"
    ),
    (
      #"{"phases": [{"name": "x", "parameters": {"learning-rat": {"low": 1, "high": 2}}}]}"#,
      "unknown key 'phases.parameters.learning-rat' (did you mean 'phases.parameters.learning-rate'?)"
    ),
    (
      #"{"phases": [{"name": "x", "parameters": {"batch": {"low": 64, "high": 16}}}]}"#,
      "the range of 'batch' is impossible: low 64.0 is above high 16.0"
    ),
    (
      #"{"phases": [{"name": "x", "parameters": {"batch": {"low": 1, "high": 16}}}]}"#,
      "'batch' must be an integer between 2 and 1024, not 1.0"
    ),
    (
      #"{"phases": [{"name": "x", "parameters": {"optimizer": {"choices": ["sgd", "adm"]}}}]}"#,
      "'optimizer' must be one of sgd, adam, adamw, not 'adm' (did you mean 'adam'?)"
    ),
    (
      #"{"phases": [{"name": "x", "parameters": {"kernel": {"low": 3, "high": 5}}}]}"#,
      "the range of 'kernel' is impossible: kernels are odd; use step 2, or choices"
    ),
    (
      #"{"detector": "xception", "phases": [{"name": "x", "parameters": {"kernel": {"choices": [3, 5]}}}]}"#,
      "'xception' has no setting 'kernel'"
    ),
    (
      #"{"detector": "cnnbn"}"#,
      "'detector' must be a network, not 'cnnbn' (did you mean 'cnn-bn'?)"
    ),
    (
      #"{"phases": [{"name": "x", "narrowed": {"count": 1, "share": 0.5}}]}"#,
      "the first phase has nothing to narrow"
    ),
    (#"{"fixed": {"dropout": 2}}"#, "'dropout' must be between 0.0 and 0.95, not 2"),
    (
      #"{"pruner": {"kind": "mean"}}"#,
      "'pruner.kind' must be one of median, halving, none, not 'mean'"
    ),
  ])
  func badRecipesAreRefusedInWords(_ recipe: String, _ reason: String) throws {
    #expect(
      throws: RecordsError.badRecipe(path: "r.json", reason: reason, manual: "Labs/README.md")
    ) { _ = try SearchRecipe(json: Data(recipe.utf8), path: "r.json") }
  }

  @Test func everySettingReachesItsTraining() {
    for parameter in SearchParameter.all {
      let network = NetworkArchitecture.cnnBN
      let value: SearchValue =
        switch parameter.kind {
        case .float(let range): .number((range.lowerBound + range.upperBound) / 2)
        case .int(let range): .whole(range.upperBound)
        case .word(let words): .word(words[words.count - 1])
        }
      #expect(parameter.fault(of: value) == nil)
      #expect(
        TrialSettings(network, [parameter.name: value]) != TrialSettings(network, [:]),
        "\(parameter.name)")
      #expect(parameter.usual(network) != nil)
    }
  }

  @Test(
    .enabled(
      if: TestPython.hasOptuna,
      "no optuna in Python: 'make test' fetches it, DFLAB_PYTHON names another"))
  func optunaReadsAFinishedStudy() throws {
    let outcome = try SearchRun.search(request)
    let results = try #require(outcome.results)
    let script = """
      import sys, json, optuna
      optuna.logging.set_verbosity(optuna.logging.ERROR)
      url = "sqlite:///" + sys.argv[1]
      answer = []
      for summary in optuna.get_all_study_summaries(url):
        study = optuna.load_study(study_name=summary.study_name, storage=url)
        answer.append([study.study_name, study.best_trial.number, study.best_value, len(study.trials)])
      print(json.dumps(answer))
      """
    struct Row: Decodable, Equatable {
      let name: String
      let best: Int
      let value: Double
      let count: Int
      init(from decoder: any Decoder) throws {
        var values = try decoder.unkeyedContainer()
        name = try values.decode(String.self)
        best = try values.decode(Int.self)
        value = try values.decode(Double.self)
        count = try values.decode(Int.self)
      }
    }
    let rows = try JSONDecoder().decode(
      [Row].self, from: try TestPython.run(script, [outcome.study]))
    #expect(rows.map(\.name) == results.phases.map(\.name))
    #expect(rows.map(\.best) == results.phases.map(\.best))
    #expect(rows.map(\.count) == results.phases.map(\.trials.count))
    for (row, phase) in zip(rows, results.phases) {
      #expect(row.value == phase.trials.first { $0.number == phase.best }?.value)
    }
  }
}
