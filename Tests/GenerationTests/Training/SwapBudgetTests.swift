import Testing

@testable import Generation

@Suite struct SwapBudgetTests {
  @Test func withoutALimitThereIsNoProgress() {
    #expect(SwapBudget().progress(iteration: 5, seconds: 5) == nil)
    #expect(SwapBudget().isOpen)
  }

  @Test func theNearerLimitCounts() {
    let budget = SwapBudget(iterations: 100, seconds: 60)
    #expect(budget.progress(iteration: 10, seconds: 30) == 0.5)
    #expect(budget.progress(iteration: 80, seconds: 30) == 0.8)
    #expect(budget.progress(iteration: 200, seconds: 30) == 1)
  }

  @Test func theRateFallsWithTheBudgetAndWithPlateaus() {
    let settings = SwapSettings(.fast)
    #expect(settings.factor(progress: 0, plateau: Plateau()) == 1)
    #expect(settings.factor(progress: 1, plateau: Plateau()) == 0)
    #expect(settings.factor(progress: nil, plateau: Plateau()) == 1)
  }

  @Test func theEndIsUnwarpedWhereItIsAskedFor() {
    var settings = SwapSettings(.fast)
    settings.unwarpedFraction = nil
    #expect(settings.isWarped(progress: 1, plateau: Plateau()))
    settings.unwarpedFraction = 0.25
    #expect(settings.isWarped(progress: 0.74, plateau: Plateau()))
    #expect(!settings.isWarped(progress: 0.75, plateau: Plateau()))
    // Without a budget, the first cut of the learning rate begins the end.
    var plateau = Plateau()
    #expect(settings.isWarped(progress: nil, plateau: plateau))
    for _ in 0...Plateau.patience { plateau.note(0.5) }
    #expect(!settings.isWarped(progress: nil, plateau: plateau))
  }
}
