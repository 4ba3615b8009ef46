import Engine
import Faces
import Testing

@testable import Detection

@Suite struct ShortcutAuditTests {
  @Test func anOpenShortcutIsFoundAndAClosedOneIsNot() throws {
    var chance = RandomSource(seed: 1)
    var (labels, groups): ([Label], [String]) = ([], [])
    var features: [String: [[Double]]] = ["file size": [], "mean color": [], "dimensions": []]
    for group in 0..<40 {
      for sample in 0..<10 {
        let label: Label = sample % 2 == 0 ? .real : .fake
        labels.append(label)
        groups.append("\(group)")
        features["file size"]?.append([chance.normal() * 900 + (label == .fake ? 21000 : 20000)])
        features["mean color"]?.append((0..<3).map { _ in chance.uniform(0...255) })
        features["dimensions"]?.append([256, 256])
      }
    }
    let audit = try ShortcutAudit(features: features, labels: labels, groups: groups)
    let findings = Dictionary(uniqueKeysWithValues: audit.findings.map { ($0.shortcut, $0) })
    #expect(audit.findings.first?.shortcut == "file size")
    let size = try #require(findings["file size"])
    #expect(abs((size.auc.value ?? 0) - 0.784) < 0.04)
    let color = try #require(findings["mean color"])
    #expect(abs((color.auc.value ?? 0) - 0.5) < 0.07)
    let dimensions = try #require(findings["dimensions"])
    #expect(dimensions.auc.value == 0.5)
  }

  @Test func whatTellsNothingIsNoWorseThanChanceThoughTheFoldsDiffer() throws {
    // Clips of one label each: what other folds hold too much of, this one holds too little of.
    var (labels, groups): ([Label], [String]) = ([], [])
    for group in 0..<12 {
      for _ in 0..<(5 + 3 * group) {
        labels.append(group % 2 == 0 ? .real : .fake)
        groups.append("\(group)")
      }
    }
    let audit = try ShortcutAudit(
      features: ["nothing": labels.map { _ in [1] }], labels: labels, groups: groups)
    #expect(audit.findings[0].auc.value == 0.5)
  }

  @Test func aClassFromOneSourceCannotBeAudited() {
    #expect(throws: DetectionError.tooFewGroups(label: "fake", groups: 1, folds: 5)) {
      _ = try ShortcutAudit(
        features: ["size": [[1], [2], [3], [4], [5], [6]]],
        labels: [.real, .real, .real, .real, .real, .fake],
        groups: ["a", "b", "c", "d", "e", "f"])
    }
  }
}
