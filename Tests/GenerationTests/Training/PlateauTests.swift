import Testing

@testable import Generation

@Suite struct PlateauTests {
  @Test func risingScoresGoOnForever() {
    var plateau = Plateau()
    for step in 0..<500 { plateau.note(0.001 * Double(step)) }
    #expect(plateau.factor == 1)
    #expect(!plateau.isOver)
  }

  @Test func standingStillCutsTheRateTwiceAndThenEnds() {
    var plateau = Plateau()
    var factors: [Float] = []
    var count = 0
    while !plateau.isOver && count < 100 {
      plateau.note(0.8)
      factors.append(plateau.factor)
      count += 1
    }
    // The first score, and three waits of ten.
    #expect(count == 31)
    #expect(factors[9] == 1)
    #expect(factors[10] == Float(1) / 3)
    #expect(factors[20] == Float(1) / 3 / 3)
  }

  @Test func aRiseTooSmallToMatterDoesNotCount() {
    var plateau = Plateau()
    for step in 0..<31 { plateau.note(0.8 + 1e-6 * Double(step)) }
    #expect(plateau.isOver)
  }
}
