import Detection
import Engine
import Faces
import Foundation
import Testing

@testable import Records
@testable import Workflows

@Suite struct DuelReplayTests {
  private func samples(_ units: Int) -> [Sample] {
    (0..<units).flatMap { unit in
      [false, true].map { isFake in
        var sample = Sample(
          path: "\(unit)-\(isFake).jpg", label: isFake ? .fake : .real, split: .training,
          identities: ["p"], clips: ["p"], method: isFake ? "swap" : "real")
        sample.parameters = ["source": .word("\(unit)")]
        return sample
      }
    }
  }

  @Test(arguments: [(0.0, 0), (0.25, 10), (0.5, 20), (1.0, 40), (0.26, 10)])
  func aShareKeepsWholePairsEvenlySpread(share: Double, count: Int) {
    let all = samples(20)
    let kept = JoinedSet.kept(all, share: share)
    #expect(kept.count == count && Set(kept).count == count)
    #expect(kept.count { all[$0].label == .fake } == count / 2)
    #expect(kept == kept.sorted())
    if share == 0.5 { #expect(kept.prefix(4) == [0, 1, 4, 5]) }
  }

  @Test func figuresOverSeedsAreMeansWithAnInterval() {
    let metrics = [0.6, 0.8, 0.7].map {
      MetricEstimate(value: $0, interval: .init(low: 0, high: 1))
    }
    #expect(MetricEstimate.overRepetitions([metrics[0]]) == metrics[0])
    let mean = MetricEstimate.overRepetitions(metrics)
    #expect(abs((mean.value ?? 0) - 0.7) < 1e-12)
    // >>> scipy.stats.t.interval(0.95, 2, 0.7, scipy.stats.sem([0.6, 0.8, 0.7]))
    #expect(abs((mean.interval?.low ?? 0) - 0.45159) < 1e-4)
    #expect(abs((mean.interval?.high ?? 0) - 0.94841) < 1e-4)
    #expect(
      MetricEstimate.overRepetitions(metrics, within: 0.5...0.9).interval
        == .init(low: 0.5, high: 0.9))
    #expect(MetricEstimate.overRepetitions([]).value == nil)
  }

  @Test func anIntervalThatHoldsZeroDecidesNothing() {
    func estimate(_ low: Double, _ high: Double) -> MetricEstimate {
      MetricEstimate(value: (low + high) / 2, interval: .init(low: low, high: high))
    }
    #expect(estimate(0.1, 0.2).sign == .above && estimate(-0.2, -0.1).sign == .below)
    #expect(estimate(-0.1, 0.2).sign == .undecided)
    #expect(MetricEstimate(value: 1, interval: nil).sign == .undecided)
  }

  @Test func theMatrixIsTheMeanOverSeedsOfEachCell() throws {
    let participants = try ParticipantSplit(
      namedPairs: [], people: (0..<12).map { "p\($0)" }, DuelRecipe().pairs,
      randomness: RandomSource(seed: 1))
    var state = DuelState(
      settings: DuelSettings(
        rounds: 2, repetitions: 2, seed: 1, replay: 0.5, recipe: DuelRecipe(), namedPairs: [],
        people: []))
    for repetition in 0..<2 {
      for round in 1...2 {
        var test = DuelTest()
        let value = 0.5 + 0.1 * Double(repetition) + 0.2 * Double(round - 1)
        test.cells = [
          DuelTest.Cell(
            row: .round(round), column: .round(round), auc: MetricEstimate(value: value),
            reencoded: MetricEstimate(value: value - 0.1), recall: 0.5)
        ]
        if round == 2 {
          test.evasion = [
            DuelTest.Difference(
              about: DuelDetector.round(1),
              change: MetricEstimate(value: 0.1 + 0.1 * Double(repetition)))
          ]
        }
        // The second round of the second repetition is not done yet.
        if repetition == 0 || round == 1 {
          state.tests[DuelStep(repetition: repetition, round: round, task: .test).key] = test
        }
      }
    }
    let half = DuelResults(state, run: "r", allParticipants: [participants, participants])
    #expect(half.rounds == 2 && half.rows == [.round(1), .round(2), .control(2), .reference])
    #expect(abs((half[.round(1), .round(1)]?.value ?? 0) - 0.55) < 1e-12)
    #expect(abs((half[.round(2), .round(2)]?.value ?? 0) - 0.7) < 1e-12)
    #expect(half[.round(1), .reference]?.value == nil)
    state.tests["s2-d2-test"] = state.tests["s1-d2-test"]
    let all = DuelResults(state, run: "r", allParticipants: [participants, participants])
    #expect(all.repetitions == 2 && all.columns == [.reference, .round(1), .round(2)])
    #expect(abs((all.roundResults[1].evasion?.value ?? 0) - 0.1) < 1e-12)
    #expect(abs((all.reencoded[1][2].value ?? 0) - 0.6) < 1e-12)
    #expect(all.roundResults[0].evasion == nil && all.roundResults[1].previousAUC?.value == nil)
  }
}
