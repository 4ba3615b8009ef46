import Foundation
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite struct RunRemovalTests {
  @Test func aRunThatOthersWereMadeFromIsKept() throws {
    let shop = try RecordedWorkshop()
    let registry = try shop.registry()
    #expect(throws: RecordsError.runNeeded(name: "Datasets/people", by: ["Datasets/augmented"])) {
      _ = try registry.remove("people", isForced: false)
    }
    #expect(FileKind.isThere(shop.workspace.datasets(of: "people")))
    let removal = try registry.remove("augmented", isForced: false)
    #expect(removal.removed == ["Datasets/augmented"])
    #expect(!FileKind.isThere(shop.shop.set()))
    #expect(try registry.runs().map(\.name) == ["Datasets/people"])
    _ = try registry.remove("people", isForced: false)
    #expect(try registry.datasets() == [])
  }

  @Test func withForceItGoes() throws {
    let shop = try RecordedWorkshop()
    _ = try shop.registry().remove("people", isForced: true)
    #expect(!FileKind.isThere(shop.workspace.datasets(of: "people")))
  }

  @Test func aRunAtWorkIsKept() throws {
    let shop = try RecordedWorkshop(pictures: 0)
    let lab = shop.workspace.lab(of: "busy")
    let recording = shop.record {
      Recording("swap", at: lab, in: shop.workspace, settings: ["x": 1], places: [lab])
    }
    #expect(throws: RecordsError.self) { _ = try shop.registry().remove("busy", isForced: true) }
    #expect(FileKind.isThere(lab))
    try recording.around(Interruption()) {}
  }

  @Test func aRunGoesWithItsStepsAndNoStepWithoutIt() throws {
    let shop = try RecordedWorkshop(pictures: 0)
    func lab(_ name: String) -> String { shop.workspace.lab(of: name) }
    func begin(_ name: String, from sources: [String] = []) -> Recording {
      Recording(
        "x", at: lab(name), in: shop.workspace, settings: ["x": 1], sources: sources,
        places: [lab(name)])
    }
    try shop.record {
      let duel = begin("duel")
      try duel.around(Interruption()) {
        try duel.steps {
          try begin("duel-s1-g1").around(Interruption()) {}
          try begin("duel-s1-d1", from: [lab("duel-s1-g1")]).around(Interruption()) {}
        }
      }
      try begin("other", from: [lab("duel-s1-d1")]).around(Interruption()) {}
    }
    let registry = try shop.registry()
    #expect(throws: RecordsError.runNeeded(name: "duel", by: ["other"])) {
      _ = try registry.remove("duel", isForced: false)
    }
    let refusal = #expect(throws: RecordsError.self) {
      _ = try registry.remove("duel-s1-g1", isForced: false)
    }
    guard case .runNeeded("duel-s1-g1", let needing) = refusal else { throw CancellationError() }
    #expect(needing.sorted() == ["duel", "duel-s1-d1"])
    _ = try registry.remove("other", isForced: false)
    let removal = try registry.remove("duel", isForced: false)
    #expect(removal.removed == ["Labs/duel", "Labs/duel-s1-d1", "Labs/duel-s1-g1"])
    #expect(try registry.runs().map(\.name) == ["Datasets/people"])
  }

  @Test func whatLiesOutsideOfTheWorkspaceStays() throws {
    let shop = try RecordedWorkshop(pictures: 0)
    let folder = try TemporaryFolder()
    let video = folder.path("out.mp4")
    let home = RunDirectory.of(video, by: "convert", in: shop.workspace)
    #expect(shop.workspace.relative(home) == "Labs/convert-out")
    let recording = shop.record {
      Recording("convert", at: home, in: shop.workspace, settings: ["x": 1], places: [video])
    }
    try recording.around(Interruption(), noting: { [Artifact(video)] }) {
      try Data("video".utf8).write(to: URL(filePath: video))
    }
    #expect(try shop.workspace.check(file: video).run == "Labs/convert-out")
    // Another result of that name has another home, the same one its own.
    let other = try TemporaryFolder()
    #expect(
      RunDirectory.of(other.path("out.mp4"), by: "convert", in: shop.workspace) == home + "-2")
    #expect(RunDirectory.of(video, by: "convert", in: shop.workspace) == home)
    let removal = try shop.registry().remove("convert-out", isForced: false)
    #expect(removal.removed == ["Labs/convert-out"])
    #expect(removal.left == [Workspace.absolute(video)])
    #expect(FileKind.isThere(video))
  }

  @Test func anUnknownRunIsToldWithTheNearest() throws {
    let shop = try RecordedWorkshop(pictures: 0)
    let error = #expect(throws: RecordsError.self) {
      _ = try shop.registry().run(named: "Datasets/peple")
    }
    #expect(error?.description.contains("Did you mean 'Datasets/people'?") == true)
  }
}
