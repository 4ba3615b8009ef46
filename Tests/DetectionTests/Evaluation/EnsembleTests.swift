import Testing

@testable import Detection

@Suite struct EnsembleTests {
  @Test func theMeanIsThatOfTheProbabilities() {
    #expect(Ensemble.mean([0.25, 0.5, 0.75]) == 0.5)
    #expect(Ensemble.mean([1, 1, 1]) == 1)
  }

  @Test func aVoteCountsFromItsThreshold() {
    #expect(Ensemble.vote([Ensemble.voteThreshold, 0.69, 0.9, 0]) == 0.5)
    #expect(Ensemble.vote([0.6]) == 0)
  }
}
