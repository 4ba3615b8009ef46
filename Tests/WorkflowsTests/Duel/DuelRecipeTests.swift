import Engine
import Faces
import Foundation
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite struct DuelRecipeTests {
  @Test(arguments: [
    (#"{"rounds": 3}"#, "unknown key 'rounds'"),
    (
      #"{"generator": {"step": 3}}"#,
      "unknown key 'generator.step' (did you mean 'generator.steps'?)"
    ),
    (
      #"{"generator": {"steps": 0}}"#,
      "'generator.steps' must be between 1 and 1000000, not 0"
    ),
    (
      #"{"detector": {"steps": -5}}"#, "'detector.steps' must be between 1 and 1000000, not -5"
    ),
    (
      #"{"detector": {"steps": 1.5}}"#,
      "'detector.steps' is too large, negative, or not an integer"
    ),
    (
      #"{"detector": {"steps": 99999999999999999999}}"#,
      "'detector.steps' is too large, negative, or not an integer"
    ),
    (#"{"pairs": {"test": 0}}"#, "'pairs.test' must be between 1 and 100, not 0"),
    (#"{"samples": {"training": 1}}"#, "'samples.training' must be between 8 and 100000, not 1"),
    (
      #"{"forgeries": {"swap": 0}}"#, "'forgeries.swap' must be above 0: a duel is about swaps"
    ),
    (
      #"{"reference": "latent"}"#,
      "'reference' must be a forgery that needs no swap model, not 'latent'"
    ),
    (#"{"reference": "gan"}"#, "'reference' has an invalid value"),
  ])
  func impossibleRecipesAreRefused(text: String, reason: String) throws {
    let shop = try DuelWorkshop()
    let path = try shop.recipe(text)
    #expect(throws: RecordsError.badRecipe(path: path, reason: reason, manual: "Labs/README.md")) {
      _ = try DuelRecipe(reading: path)
    }
  }

  @Test func minutesScaleStepsAndTooFewAreRefused() throws {
    let recipe = DuelRecipe()
    let budget = DuelBudget(recipe: recipe, rounds: 4, repetitions: 1)
    #expect(budget.minutes < 45, "the usual duel ends within 45 minutes")
    let same = try budget.fitted(to: budget.minutes)
    #expect(abs(same.generator.steps - recipe.generator.steps) <= 1)
    let twice = try budget.fitted(to: 2 * budget.minutes)
    #expect(twice.generator.steps > 2 * recipe.generator.steps - 2)
    #expect(twice.detector.steps > 2 * recipe.detector.steps - 2)
    #expect(twice.samples == recipe.samples && twice.pairs == recipe.pairs)
    let smallest = try budget.fitted(to: budget.fewestMinutes + 0.01)
    #expect(smallest.generator.laterSteps >= DuelBudget.fewest - 1)
    #expect(try budget.fitted(to: 1e300).detector.steps == 1_000_000)
    let needed = (budget.fewestMinutes * 10).rounded(.up) / 10
    #expect(throws: WorkflowError.tooFewMinutes(asked: 0.5, needed: needed)) {
      _ = try budget.fitted(to: 0.5)
    }
  }

  @Test func peopleAreDividedOnceAndNobodyTwice() throws {
    let people = (0..<24).map { "p\($0)" }
    let wanted = DuelRecipe().pairs
    let one = try ParticipantSplit(
      namedPairs: [], people: people, wanted, randomness: RandomSource(seed: 3))
    let same = try ParticipantSplit(
      namedPairs: [], people: people.reversed(), wanted, randomness: RandomSource(seed: 3))
    #expect(one == same && one.pairs.count == 6)
    #expect(Set(one.pairs.flatMap(\.people)).count == 12)
    #expect(one[.training].map(\.name) == ["training1", "training2", "training3"])
    #expect(Set(one.people(in: .test)).isDisjoint(with: one.people(in: .training)))
    let other = try ParticipantSplit(
      namedPairs: [], people: people, wanted, randomness: RandomSource(seed: 4))
    #expect(other != one)
    #expect(throws: WorkflowError.tooFewPeople(found: 8, needed: 12)) {
      _ = try ParticipantSplit(
        namedPairs: [], people: Array(people.prefix(8)), wanted, randomness: RandomSource(seed: 1))
    }
  }

  @Test func pairsThatMakeNoDuelAreRefused() throws {
    let shop = try DuelWorkshop()
    var request = try shop.request()
    request.b.removeLast()
    #expect(throws: WorkflowError.badPairs(reason: "--a has 3 folders, --b has 2")) {
      _ = try DuelRun.run(request)
    }
    request = try shop.request()
    request.b[1] = request.a[0]
    let double = Workspace.absolute(request.a[0])
    #expect(
      throws: WorkflowError.badPairs(
        reason: "'\(double)' is given more than once")
    ) { _ = try DuelRun.run(request) }
    request = try shop.request()
    request.a.removeLast()
    request.b.removeLast()
    #expect(
      throws: WorkflowError.badPairs(reason: "there are 2 pairs, but the recipe needs 3")
    ) { _ = try DuelRun.run(request) }
    request.a.removeLast()
    request.b.removeLast()
    #expect(throws: WorkflowError.badPairs(reason: "there are 1 pair, but the recipe needs 3")) {
      _ = try DuelRun.run(request)
    }
    let lab = shop.workspace.lab(of: request.name)
    #expect(!FileManager.default.fileExists(atPath: lab), "what is refused leaves nothing")
  }

  @Test func repetitionsHavePeopleOfTheirOwn() throws {
    let people = (0..<24).map { "p\($0)" }
    let settings = DuelSettings(
      rounds: 2, repetitions: 2, seed: 1, replay: 0.5, recipe: DuelRecipe(), namedPairs: [],
      people: people)
    let folder = try TemporaryFolder()
    let allParticipants = try ParticipantSplit.all(of: settings, in: testWorkspace(in: folder))
    #expect(
      allParticipants.map { Set($0.pairs.flatMap(\.people)) } == [
        Set(people.prefix(12)), Set(people.suffix(12)),
      ])
    var one = settings
    (one.repetitions, one.people) = (1, Array(people.prefix(12)))
    #expect(
      try ParticipantSplit.all(of: one, in: testWorkspace(in: folder)) == [allParticipants[0]])
  }

  @Test func whatIsNotGivenIsAsTheDuelHasIt() throws {
    let shop = try DuelWorkshop()
    var request = DuelRequest()
    #expect(try settings(request, nil, shop).recipe == DuelRecipe())
    (request.rounds, request.replay, request.minutes) = (2, 0.25, 90)
    let first = try settings(request, nil, shop)
    #expect(first.rounds == 2 && first.repetitions == 1 && first.seed == 1 && first.replay == 0.25)
    #expect(first.recipe.detector.steps > DuelRecipe().detector.steps)
    #expect(try settings(DuelRequest(), first, shop) == first)
    // More rounds do not fit the steps of those that are done anew.
    (request.rounds, request.repetitions) = (3, 2)
    let more = try settings(request, first, shop)
    #expect(more.rounds == 3 && more.repetitions == 2 && more.recipe == first.recipe)
    try first.check(more, run: "duel")
    request.minutes = 120
    #expect(throws: RecordsError.self) {
      try first.check(try settings(request, first, shop), run: "duel")
    }
  }

  private func settings(
    _ request: DuelRequest, _ old: DuelSettings?, _ shop: DuelWorkshop
  ) throws -> DuelSettings {
    try DuelSettings(request, after: old, in: shop.workspace)
  }

  @Test func stepsOfMoreRoundsBeginWithThoseOfFewer() throws {
    let participants = try ParticipantSplit(
      namedPairs: [], people: (0..<12).map { "p\($0)" }, DuelRecipe().pairs,
      randomness: RandomSource(seed: 1))
    var settings = DuelSettings(
      rounds: 2, repetitions: 1, seed: 1, replay: 0.5, recipe: DuelRecipe(), namedPairs: [],
      people: []
    )
    let two = DuelStep.all(of: settings, allParticipants: [participants])
    settings.rounds = 3
    let three = DuelStep.all(of: settings, allParticipants: [participants])
    #expect(Array(three.prefix(two.count)) == two)
    #expect(Set(three.map(\.key)).count == three.count, "each step has a key of its own")
  }
}
