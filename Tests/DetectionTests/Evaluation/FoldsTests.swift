import Engine
import Faces
import Testing

@testable import Detection

@Suite struct FoldsTests {
  @Test func singleSamplesAreDividedEvenly() throws {
    let labels = (0..<103).map { $0 % 3 == 0 ? Label.fake : .real }
    let folds = try Folds(of: labels, count: 10)
    for fold in 0..<10 {
      let held = folds.held(fold)
      let fakes = held.count { labels[$0] == .fake }
      #expect((10...11).contains(held.count) && (3...4).contains(fakes))
      #expect(Set(held).isDisjoint(with: folds.training(without: fold)))
      #expect(held.count + folds.training(without: fold).count == 103)
    }
  }

  @Test func noGroupIsInTwoFolds() throws {
    var chance = RandomSource(seed: 1)
    var (labels, groups): ([Label], [String]) = ([], [])
    for group in 0..<40 {
      for _ in 0..<Int.random(in: 1...20, using: &chance) {
        labels.append(group % 2 == 0 ? .real : .fake)
        groups.append("person \(group)")
      }
    }
    let folds = try Folds(of: labels, groups: groups, count: 5)
    let places = Dictionary(grouping: groups.indices) { groups[$0] }
    for members in places.values { #expect(Set(members.map { folds.numbers[$0] }).count == 1) }
    let share = ClassBalance(of: labels).fakeShare
    for fold in 0..<5 {
      let held = folds.held(fold)
      let (own, all) = (Double(held.count), Double(labels.count))
      let gap: Double = abs(own - all / 5)
      #expect(gap < 0.15 * all)
      let difference = ClassBalance(of: held.map { labels[$0] }).fakeShare - share
      #expect(abs(difference) < 0.15)
    }
  }

  @Test func chanceDividesOtherwise() throws {
    let labels = (0..<50).map { $0 % 2 == 0 ? Label.fake : .real }
    let one = try Folds(of: labels, count: 5, randomness: RandomSource(seed: 1))
    #expect(try Folds(of: labels, count: 5, randomness: RandomSource(seed: 1)) == one)
    #expect(try Folds(of: labels, count: 5, randomness: RandomSource(seed: 2)) != one)
  }

  @Test func tooFewGroupsAreNamed() {
    #expect(throws: DetectionError.tooFewGroups(label: "fake", groups: 1, folds: 2)) {
      _ = try Folds(
        of: [.real, .real, .fake, .fake], groups: ["a", "b", "c", "c"], count: 2)
    }
    #expect(throws: DetectionError.oneClass(purpose: "Cross-validation", missing: "real")) {
      _ = try Folds(of: [.fake, .fake], count: 2)
    }
  }
}
