import Detection
import Engine
import Faces
import Foundation
import Testing

@testable import Records
@testable import Workflows

@Suite struct VerdictTextTests {
  /// A duel of two rounds whose metrics are made up.
  private func results(
    repetitions: Int = 1, testPairs: Int = 2, evasion: MetricEstimate = estimate(0.5, 0.4...0.6),
    recovery: MetricEstimate = estimate(0.4, 0.3...0.5),
    retention: MetricEstimate = estimate(0, -0.1...0.1)
  ) throws -> DuelResults {
    var settings = DuelSettings(
      rounds: 2, repetitions: repetitions, seed: 1, replay: 0.5, recipe: DuelRecipe(),
      namedPairs: [],
      people: [])
    settings.recipe.pairs.test = testPairs
    let needed = 2 * settings.recipe.pairs.count
    settings.people = (0..<needed * repetitions).map { "p\($0)" }
    let allParticipants = try (0..<repetitions).map {
      try ParticipantSplit(
        namedPairs: [], people: settings.people(of: $0), settings.recipe.pairs,
        randomness: RandomSource(seed: 1))
    }
    var state = DuelState(settings: settings)
    for repetition in 0..<repetitions {
      for round in 1...2 {
        var test = DuelTest()
        test.cells = [cell(.round(round), .round(round), 0.9)]
        if round == 2 {
          test.cells += [cell(.round(2), .round(1), 0.4), cell(.control(2), .round(1), 0.9)]
          test.evasion = [DuelTest.Difference(about: .round(1), change: evasion)]
          test.retention = [DuelTest.Difference(about: .round(1), change: retention)]
          test.recovery = recovery
        }
        state.tests[DuelStep(repetition: repetition, round: round, task: .test).key] = test
      }
      for pair in allParticipants[repetition][.test] {
        let names = DuelNames(duel: "r", repetition: repetition)
        for (name, ssim) in [
          (names.model(.round(1), pair), 0.6), (names.model(.round(2), pair), 0.4),
          (names.model(.control(2), pair), 0.7),
        ] {
          state.generators[name] = try metrics(ssim - 0.002 * Double(pair.number))
        }
      }
    }
    return DuelResults(state, run: "r", allParticipants: allParticipants)
  }

  private func cell(
    _ row: DuelGenerator, _ column: DuelDetector, _ auc: Double
  ) -> DuelTest.Cell {
    DuelTest.Cell(
      row: row, column: column, auc: estimate(auc, auc - 0.05...auc + 0.05),
      reencoded: estimate(auc + 0.01, auc...auc + 0.02), recall: 0.5)
  }

  private func metrics(_ ssim: Double) throws -> GeneratorMetrics {
    let text = #"{"ssim": \#(ssim), "psnr": 20, "truth": {"ssim": \#(ssim)}}"#
    return try JSONDecoder().decode(GeneratorMetrics.self, from: Data(text.utf8))
  }

  @Test func verdictsOverFewPeopleAreTentative() throws {
    let few = VerdictText(results: try results())
    #expect(
      few.rounds[1].contains("g2 evades d1 (tentative): ROC AUC 0.400 (0.350 to 0.450) on g2, "))
    #expect(
      few.rounds[1].contains("d2 recovers (tentative): ROC AUC 0.900 (0.850 to 0.950) on g2, "))
    #expect(few.caveat?.contains("4 test identities") == true)
    for certain in [try results(repetitions: 2), try results(testPairs: 5)] {
      let text = VerdictText(results: certain)
      #expect(text.rounds[1].contains("g2 evades d1: ROC AUC") && text.caveat == nil)
    }
  }

  @Test func eachSideOfADifferenceHasItsOwnWords() throws {
    let helped = VerdictText(
      results: try results(
        testPairs: 5, evasion: estimate(-0.2, -0.3 ... -0.1),
        recovery: estimate(-0.2, -0.3 ... -0.1),
        retention: estimate(-0.2, -0.3 ... -0.1)))
    #expect(helped.rounds[1].contains("0.200 (0.100 to 0.300) higher than on the control."))
    #expect(helped.rounds[1].contains("0.200 (0.100 to 0.300) lower than d1."))
    #expect(
      helped.retention == ["d2 on g1: -0.200 (-0.300 to -0.100), forgotten"])
    let open = VerdictText(
      results: try results(
        testPairs: 5, evasion: estimate(0.1, -0.1...0.3), recovery: MetricEstimate(value: 0.1),
        retention: MetricEstimate(value: -0.1)))
    #expect(open.rounds[1].contains("0.100 (-0.100 to 0.300), whose interval contains 0."))
    #expect(open.rounds[1].contains("d2 minus d1 is 0.100, without an interval."))
    #expect(open.retention == ["d2 on g1: -0.100, without an interval"])
  }

  @Test func aVerdictNamesTheQuality() throws {
    let two = VerdictText(results: try results())
    #expect(
      two.rounds[1].contains(
        "Ground-truth SSIM: generator 0.397, control 0.697."))
    #expect(two.costs.contains("round 2, ground-truth SSIM"))
    let cost = try #require(
      two.results.roundResults[1].costs.first { $0.name == "ground-truth SSIM" })
    #expect(
      abs((cost.firstRound ?? 0) - 0.597) < 1e-9, "the first round's, without an adversary")
    let one = VerdictText(results: try results(testPairs: 1))
    #expect(one.costs.hasPrefix("There is one test pair: "))
  }

  @Test func reencodedMetricsAreOfTheEvadedDetector() throws {
    let text = VerdictText(results: try results())
    #expect(
      text.reencoded == [
        "Round 2, re-encoded: ROC AUC of d1 is 0.410 (0.400 to 0.420) on the generator "
          + "(0.400 (0.350 to 0.450) before re-encoding) and 0.910 (0.900 to 0.920) on the control"
      ])
  }
}

private func estimate(_ value: Double, _ interval: ClosedRange<Double>) -> MetricEstimate {
  MetricEstimate(value: value, interval: .init(low: interval.lowerBound, high: interval.upperBound))
}
