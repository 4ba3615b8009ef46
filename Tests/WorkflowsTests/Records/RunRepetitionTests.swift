import Foundation
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite struct RunRepetitionTests {
  @Test func aRunWhoseInputsAreGoneIsNotMadeAgain() throws {
    let shop = try RecordedWorkshop(pictures: 12)
    let registry = try shop.registry()
    #expect(
      try registry.repetition(of: "augmented").line == ["augment", "--name", "augmented-repeat"])
    try FileManager.default.removeItem(
      atPath: "\(shop.workspace.datasets(of: "people"))/p002")
    #expect(
      throws: RecordsError.notRepeatable(
        name: "Datasets/augmented",
        reason: "its input 'Datasets/people/p002' is missing; restore it first")
    ) { _ = try registry.repetition(of: "augmented") }
  }

  @Test func inACopyOfTheWorkspaceNothingIsDoneInTheFirst() throws {
    let shop = try RecordedWorkshop(pictures: 0)
    let first = shop.workspace.path
    try shop.record(["augment", "--name=one", "--workspace", first]) {
      var request = shop.shop.request(12)
      (request.name, request.faces) = ("one", [shop.workspace.datasets(of: "people")])
      request.models = []
      _ = try AugmentRun.make(request)
    }
    let folder = try TemporaryFolder()
    let copy = Workspace.absolute(folder.path("copy"))
    try FileManager.default.copyItem(atPath: first, toPath: copy)
    let registry = try Registry(workspace: copy)
    #expect(
      try registry.repetition(of: "one").line == [
        "augment", "--name=one-repeat", "--workspace", copy,
      ])
    let people = try registry.repetition(of: "people")
    #expect(people.folder == copy)
    #expect(people.line == ["faces", "synthesize", "--out", "\(copy)/Datasets/people-repeat"])
  }

  @Test func whatARepetitionWasMadeFromInsteadIsTold() throws {
    let shop = try RecordedWorkshop(pictures: 12)
    try shop.record(["faces", "synthesize"]) { try shop.shop.people(6, in: "others", seed: 8) }
    try shop.augment(12) {
      ($0.name, $0.faces) = ("second", [shop.workspace.datasets(of: "others")])
    }
    let registry = try shop.registry()
    let outcome = try RepetitionOutcome(
      try registry.run(named: "augmented"), try registry.run(named: "second"), in: shop.workspace)
    #expect(!outcome.agrees)
    #expect(outcome.otherSources == (1...6).map { "Datasets/others/p00\($0)" })
  }
}
