import Engine
import Testing

@testable import Faces

@Suite struct SplitAssignmentTests {
  @Test func whatIsTiedIsOneGroup() {
    let groups = IdentityGroups([
      [.person("a"), .clip("1")], [.person("b"), .clip("2")], [.person("c"), .clip("3")],
      [.person("d"), .clip("1")], [.person("c"), .person("b")], [.person("1")],
    ])
    #expect(groups.count == 3)
    #expect(groups.people == [2, 2, 1])
    #expect(groups[.person("a")] == groups[.person("d")])
    #expect(groups[.clip("2")] == groups[.person("c")])
    // A person and a clip of one name have nothing to do with each other.
    #expect(groups[.person("1")] != groups[.clip("1")])
  }

  @Test func aChainOfTiesIsOneGroup() {
    let ties = (0..<100).map { [IdentityLink.person("\($0)"), .person("\(($0 * 7 + 7) % 100)")] }
    // Steps of x to 7x + 7 split 0..<100 into the cycles of that map.
    var seen: Set<Int> = []
    var cycles = 0
    for start in 0..<100 where !seen.contains(start) {
      cycles += 1
      var place = start
      while seen.insert(place).inserted { place = (place * 7 + 7) % 100 }
    }
    #expect(IdentityGroups(ties).count == cycles)
  }

  @Test(arguments: [(12, [8, 2, 2]), (3, [1, 1, 1]), (20, [14, 3, 3]), (100, [70, 15, 15])])
  func equalPeopleAreDividedByTheShares(count: Int, expected: [Int]) throws {
    let splits = try assign([Int](repeating: 1, count: count))
    #expect(Split.allCases.map { split in splits.count { $0 == split } } == expected)
  }

  @Test func theHeaviestGroupGoesWhereMostIsLacking() throws {
    let splits = try assign([1, 1, 90, 1, 7])
    #expect(splits[2] == .training)
    #expect(Set(splits) == Set(Split.allCases))
  }

  @Test func rareGroupsAreInEverySplitWhereThereAreEnough() throws {
    let weights = [2, 2, 2] + [Int](repeating: 1, count: 60)
    for seed in 0..<10 as Range<UInt64> {
      let splits = try assign(weights, rare: [0, 1, 2], seed: seed)
      #expect(Set(splits.prefix(3)) == Set(Split.allCases))
      let counts = Split.allCases.map { split in splits.dropFirst(3).count { $0 == split } }
      #expect(counts == [42, 9, 9])
    }
    // Too few for every split: they are divided with the others.
    #expect(try assign(weights, rare: [0, 1]) == assign(weights))
  }

  @Test func theSeedDecidesAndNothingElse() throws {
    let weights = [Int](repeating: 1, count: 40)
    #expect(try assign(weights, seed: 3) == assign(weights, seed: 3))
    #expect(try assign(weights, seed: 3) != assign(weights, seed: 4))
  }

  @Test func aShareOfNothingGetsNobody() throws {
    #expect(try Set(assign([1, 1, 1], shares: "0/0/100")) == [.test])
    #expect(try Set(assign([1, 1, 1], shares: "50/50/0")) == [.training, .validation])
  }

  @Test func tooFewPeopleAreRefusedWithTheWayOut() throws {
    let groups = IdentityGroups([[.person("a"), .person("b")]])
    do {
      _ = try SplitAssignment(
        groups, weights: [2], shares: .usual, randomness: RandomSource(seed: 1))
      Issue.record("not refused")
    } catch {
      #expect(
        error == .tooFewGroups(shares: "70/15/15", people: 2, groups: 1, needed: 3))
      #expect(
        error.description.contains(
          "2 identities in 1 identity group, linked by clips or swap models"))
      #expect(error.description.contains("--split 100/0/0"))
    }
  }

  @Test(arguments: ["70/15/15", "100/0/0", "0/0/100", "34/33/33"])
  func sharesAreReadAsTheyAreWritten(text: String) {
    #expect(SplitRatios(text)?.description == text)
  }

  @Test(arguments: ["", "70/30", "70/15/16", "-10/55/55", "a/b/c", "70/15/15/0", "70//30"])
  func sharesThatAreNoneAreRefused(text: String) {
    #expect(SplitRatios(text) == nil)
  }

  private func assign(
    _ weights: [Int], rare: Set<Int> = [], shares: String = "70/15/15", seed: UInt64 = 1
  ) throws -> [Split] {
    let groups = IdentityGroups(weights.indices.map { [.person("\($0)")] })
    return try SplitAssignment(
      groups, weights: weights, rare: rare, shares: try #require(SplitRatios(shares)),
      randomness: RandomSource(seed: seed)
    ).splits
  }
}
