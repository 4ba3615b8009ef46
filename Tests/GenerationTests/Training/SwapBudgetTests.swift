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
    #expect(settings.rate(progress: 0, plateau: Plateau()) == settings.learningRate)
    #expect(settings.rate(progress: 1, plateau: Plateau()) == 0)
    #expect(settings.rate(progress: nil, plateau: Plateau()) == settings.learningRate)
  }
}
