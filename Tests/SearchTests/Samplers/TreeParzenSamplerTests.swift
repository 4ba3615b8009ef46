import Testing

@testable import Search

struct TreeParzenSamplerTests {
  @Test func theGoldenFileIsThere() throws {
    let golden = try #require(Golden.all)
    #expect(golden.optuna == "5.0.0" && golden.densities.count == 10)
  }

  @Test(arguments: Golden.all?.densities ?? [])
  func densitiesAreOptunas(_ golden: Golden.Density) throws {
    let trials = try golden.trials.map { try $0.trial(in: golden.space) }
    #expect(
      TreeParzenSampler.divided(trials, golden.direction).good.map(\.number) == golden.good)
    let (good, bad) = TreeParzenSampler.estimators(
      of: trials, golden.direction, in: golden.space)
    for (index, point) in golden.points.enumerated() {
      let (own, other) = (good.logDensity(point), bad.logDensity(point))
      #expect(abs(own - golden.logGood[index]) < 1e-8 * max(1, abs(own)))
      #expect(abs(other - golden.logBad[index]) < 1e-8 * max(1, abs(other)))
    }
  }

  @Test func suggestionsAreDistributedAsOptunas() throws {
    let golden = try #require(Golden.all).suggestions
    let trials = try golden.trials.map { try $0.trial(in: golden.space) }
    var source = TestSource(seed: 1)
    let drawn = (0..<3000).map { _ in
      TreeParzenSampler().suggestion(after: trials, .maximize, in: golden.space, using: &source)
    }
    // Two samples of 3000 differ by less than 0.05 in a thousand of a thousand cases
    // (Kolmogorov and Smirnov: 1.95 · √(2 / 3000) = 0.05).
    for (name, deciles) in golden.deciles {
      for (index, limit) in deciles.enumerated() {
        let share = Double(drawn.count { $0[name] ?? .nan <= limit }) / 3000
        #expect(abs(share - Double(index + 1) / 10) < 0.05, "\(name) below \(limit): \(share)")
      }
    }
    for (choice, share) in golden.choices.enumerated() {
      let own = Double(drawn.count { $0["z"] == Double(choice) }) / 3000
      #expect(abs(own - share) < 0.05, "choice \(choice): \(own), not \(share)")
    }
  }

  @Test func theFirstSuggestionsAreUniform() {
    let space: SearchSpace = ["x": .float(low: 0, high: 1)]
    let good = (0..<9).map {
      SearchTrial(number: $0, state: .complete, parameters: ["x": 0.5], value: 1)
    }
    var source = TestSource(seed: 2)
    let early = (0..<2000).map { _ in
      TreeParzenSampler().suggestion(after: good, .maximize, in: space, using: &source)["x"] ?? -1
    }
    let near = Double(early.count { abs($0 - 0.5) < 0.1 }) / 2000
    #expect(abs(near - 0.2) < 0.04)
  }

  @Test func theSameSeedGivesTheSameSuggestions() throws {
    let golden = try #require(Golden.all).suggestions
    let trials = try golden.trials.map { try $0.trial(in: golden.space) }
    func suggestion() -> [String: Double] {
      var source = TestSource(seed: 3)
      return TreeParzenSampler().suggestion(
        after: trials, .maximize, in: golden.space, using: &source)
    }
    #expect(suggestion() == suggestion())
  }

  @Test func suggestionsApproachAnOptimum() {
    let space: SearchSpace = [
      "x": .float(low: -5, high: 5), "rate": .float(low: 1e-5, high: 1, isLog: true),
      "kind": .categorical([.word("a"), .word("b")]), "fixed": .int(low: 3, high: 3),
    ]
    var source = TestSource(seed: 4)
    var trials: [SearchTrial] = []
    for number in 0..<80 {
      let numbers = TreeParzenSampler().suggestion(
        after: trials, .minimize, in: space, using: &source)
      #expect(Set(numbers.keys) == Set(space.keys) && numbers["fixed"] == 3)
      #expect(space.allSatisfy { $0.value.contains(numbers[$0.key] ?? .nan) })
      let (x, kind) = (numbers["x"] ?? 0, numbers["kind"] ?? 0)
      trials.append(
        SearchTrial(
          number: number, state: .complete, parameters: numbers, value: (x - 2) * (x - 2) + kind))
    }
    let late = trials.suffix(20).compactMap(\.value).reduce(0, +) / 20
    let early = trials.prefix(20).compactMap(\.value).reduce(0, +) / 20
    #expect(late < early / 3)
    #expect((trials.best(.minimize)?.value ?? 9) < 0.2)
  }

  @Test func trialsOfOtherChoicesAreNoObservations() {
    let space: SearchSpace = ["kind": .categorical([.word("a"), .word("b")])]
    let trials = (0..<20).map {
      SearchTrial(number: $0, state: .complete, parameters: ["kind": 7], value: 1)
    }
    let (good, _) = TreeParzenSampler.estimators(of: trials, .maximize, in: space)
    #expect(abs(good.logDensity(["kind": 1]) + 0.6931471805599453) < 1e-12)
  }
}
