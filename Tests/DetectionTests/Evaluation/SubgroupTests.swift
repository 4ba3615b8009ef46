import Engine
import Faces
import Foundation
import TestSupport
import Testing

@testable import Detection

@Suite struct SubgroupTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func people(_ text: String) throws -> PeopleTable {
    try Data(text.utf8).write(to: URL(filePath: folder.path(PeopleTable.name)))
    return try #require(try PeopleTable(of: folder.path))
  }

  /// Ten clips of a person, half of them forged, of four frames each; fakes score `gain` higher.
  private func add(
    _ person: String, gain: Double, to all: inout (scores: [Double], samples: [Sample]),
    _ chance: inout RandomSource
  ) {
    for clip in 0..<10 {
      let label: Label = clip % 2 == 0 ? .real : .fake
      for _ in 0..<4 {
        all.scores.append(chance.normal() + (label == .fake ? gain : 0))
        all.samples.append(
          Sample(
            path: "\(all.samples.count).png", label: label, split: .test, identities: [person],
            clips: ["\(person)\(clip)"], method: label == .fake ? "swap" : "real"))
      }
    }
  }

  private func measured(
    _ gains: [(person: String, gain: Double)], _ text: String, threshold: Double = 0.5
  ) throws -> SubgroupMetrics? {
    var chance = RandomSource(seed: 5)
    var all: (scores: [Double], samples: [Sample]) = ([], [])
    for (person, gain) in gains { add(person, gain: gain, to: &all, &chance) }
    let scored = ScoredSamples<Frames>(
      logits: all.scores, labels: all.samples.map(\.label),
      groups: all.samples.map { $0.clips[0] })
    return SubgroupMetrics("skin", of: try people(text), scored, all.samples, threshold: threshold)
  }

  @Test func aGapIsFoundAndItsMetricsAreThoseOfThePeople() throws {
    let found = try #require(
      try measured(
        [("ada", 6), ("ben", 6), ("cleo", 0), ("dan", 0), ("eva", 3)],
        "identity,skin\nada,light\nben,light\ncleo,dark\ndan,dark\n"))
    #expect(found.subgroups.map(\.value) == ["dark", "light"])
    #expect(found.subgroups.map(\.identities) == [2, 2])
    #expect(found.subgroups.allSatisfy { $0.real == 40 && $0.fake == 40 })
    let values = found.subgroups.compactMap(\.metrics.auc.value)
    #expect(values[1] > 0.99 && values[0] < 0.65)
    #expect(found.gaps.auc.value == values[1] - values[0])
    #expect(try #require(found.gaps.auc.interval).low > 0.2)
    // Real samples are alike in both; a fake of 'dark' is called real as often as not.
    let missed = try #require(found.subgroups[0].metrics.falseNegatives.value)
    #expect((0.3...0.7).contains(missed))
    #expect(try #require(found.gaps.falseNegatives.interval).low > 0.2)
    #expect(try #require(found.gaps.falsePositives.interval).low < 0.1)
  }

  @Test func peopleWhoAreAlikeShowNoGap() throws {
    let found = try #require(
      try measured(
        [("ada", 1), ("ben", 1), ("cleo", 1), ("dan", 1)],
        "identity,skin\nada,light\nben,light\ncleo,dark\ndan,dark\n"))
    #expect(try #require(found.gaps.auc.interval).low < 0)
    #expect(try #require(found.gaps.falsePositives.interval).low < 0)
  }

  @Test func ratesFollowTheThreshold() throws {
    let found = try #require(
      try measured([("ada", 2), ("ben", 2)], "identity,skin\nada,light\nben,dark\n", threshold: 1))
    #expect(found.subgroups.allSatisfy { $0.metrics.falsePositives.value == 0 })
    #expect(found.subgroups.allSatisfy { $0.metrics.falseNegatives.value == 1 })
    #expect(found.gaps.falseNegatives.value == 0)
  }

  @Test func oneSubgroupIsNoComparison() throws {
    #expect(
      try measured([("ada", 2), ("ben", 2)], "identity,skin\nada,light\nben,light\n") == nil)
    #expect(try measured([("ada", 2), ("ben", 2)], "identity,skin\nada,light\n") == nil)
  }

  @Test func aMissingClassHasAReason() throws {
    let samples = ["a", "b"].map {
      Sample(path: $0, label: .real, split: .test, identities: [$0], clips: [$0], method: "real")
    }
    let scored = ScoredSamples<Frames>(
      logits: [0, 1], labels: [.real, .real], groups: ["a", "b"])
    let found = try #require(
      SubgroupMetrics(
        "skin", of: try people("identity,skin\na,light\nb,dark\n"), scored, samples,
        threshold: 0.5))
    #expect(found.gaps.auc.value == nil)
    #expect(found.gaps.auc.reason == "fewer than two subgroups have a value")
    #expect(found.subgroups[0].metrics.auc.reason == "a class is missing")
    #expect(found.subgroups[1].metrics.falsePositives.reason == "all samples are from one source")
  }
}
