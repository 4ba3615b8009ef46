import Engine
import Faces
import Testing

@testable import Generation

@Suite struct AugmentPlanTests {
  private let recipe = AugmentRecipe()

  private func plan(_ count: Int, ratio: Double = 1) throws -> [AugmentPlan.Entry] {
    let pool = AugmentPlan.Pool(Array(0..<4), tinyForger(), recipe)
    return AugmentPlan(
      count: count, pools: [.training: pool, .test: pool], recipe: recipe,
      shares: try #require(SplitRatios("50/0/50")), ratio: ratio,
      randomness: RandomSource(seed: 3)
    ).entries
  }

  @Test func moreSamplesLeaveTheOthersUnchanged() throws {
    #expect(try plan(10) == Array(try plan(40).prefix(10)))
  }

  @Test func classesAndSplitsHaveTheirShares() throws {
    let entries = try plan(40)
    #expect(entries.count { $0.method == nil } == 20)
    #expect(entries.count { $0.split == .training } == 20)
    // Three fakes for each real sample.
    #expect(try plan(40, ratio: 3).count { $0.method == nil } == 10)
  }

  @Test func aRealSampleAndItsFakeShowTheSameFace() throws {
    for unit in Dictionary(grouping: try plan(40), by: \.unit).values {
      #expect(Set(unit.map(\.face)).count == 1 && Set(unit.map(\.split)).count == 1)
      #expect(Set(unit.map { $0.method == nil }).count == 2)
    }
  }
}
