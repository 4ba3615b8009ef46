import Foundation
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite struct RunRepetitionTests {
  @Test func aRunWhoseInputsAreGoneIsNotMadeAgain() throws {
    let shop = try RecordedWorkshop(pictures: 12)
    let registry = try shop.registry()
    let repetition = try registry.repetition(of: "augmented").request(AugmentRequest.self)
    #expect(repetition.name == "augmented-repeat" && repetition.count == 12)
    #expect(repetition.faces == [shop.workspace.datasets(of: "people")])
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
    try shop.record {
      var request = shop.shop.request(12)
      (request.name, request.faces) = ("one", [shop.workspace.datasets(of: "people")])
      request.models = []
      _ = try AugmentRun.make(request)
    }
    let folder = try TemporaryFolder()
    let copy = Workspace.absolute(folder.path("copy"))
    try FileManager.default.copyItem(atPath: first, toPath: copy)
    let registry = try Registry(workspace: copy)
    let one = try registry.repetition(of: "one").request(AugmentRequest.self)
    #expect(one.name == "one-repeat" && one.workspace == copy)
    #expect(one.faces == ["\(copy)/Datasets/people"])
    let people = try registry.repetition(of: "people").request(SynthesisRequest.self)
    #expect(people.out == "\(copy)/Datasets/people-repeat" && people.workspace == copy)
  }

  @Test func whatARepetitionWasMadeFromInsteadIsTold() throws {
    let shop = try RecordedWorkshop(pictures: 12)
    try shop.record { try shop.shop.people(6, in: "others", seed: 8) }
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
