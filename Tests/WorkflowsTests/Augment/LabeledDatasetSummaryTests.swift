import Faces
import Foundation
import Media
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite struct LabeledSurveyTests {
  private let shop: AugmentWorkshop

  init() throws { shop = try AugmentWorkshop() }

  @Test func aSetIsCountedByMethodSplitAndPerson() throws {
    try shop.people(6)
    _ = try AugmentRun.make(shop.request(40))
    let survey = try LabeledDatasetSummary(of: nil, workspace: shop.workspace.path)
    #expect(survey.folder == shop.set() && survey.samples == 40)
    #expect(survey.methods.first?.method == "real")
    #expect(survey.methods[0].splits.values.reduce(0, +) == 20)
    #expect(survey.identities.values.reduce(0, +) == 6)
    #expect(survey.audit == nil && survey.notes.isEmpty)
    let sheet = try Image(reading: survey.sheet)
    #expect(sheet.height > survey.methods.count * 128)
  }

  @Test func aMissingPictureIsNamed() throws {
    try shop.people(6)
    _ = try AugmentRun.make(shop.request(40))
    try FileManager.default.removeItem(atPath: shop.set() + "/pictures/000007.jpg")
    let survey = try LabeledDatasetSummary(of: "augmented", workspace: shop.workspace.path)
    #expect(survey.notes == ["'pictures/000007.jpg' is not in the folder"])
  }

  @Test func theNewestSetIsNoStepOfADuel() throws {
    try shop.people(6)
    try RunFolder.make(shop.workspace.lab(of: "duel"))
    try Data("{}".utf8).write(to: URL(filePath: RunFolder(name: "duel", in: shop.workspace).duel))
    func make(_ name: String) throws {
      var request = shop.request(12)
      (request.name, request.faces) = (name, [shop.workspace.datasets(of: "people")])
      _ = try AugmentRun.make(request)
    }
    func newest() throws -> (path: String, notes: [String]) {
      var notes: [String] = []
      let path = try LabeledDataset.path(of: nil, workspace: shop.workspace.path) {
        notes.append($0)
      }
      return (path, notes)
    }
    try make("duel-s1-d1")
    let refusal = RecordsError.labeledSetsOfDuels(example: "duel-s1-d1")
    #expect(throws: refusal) { _ = try newest() }
    #expect(throws: refusal) { _ = try SetCheck(of: nil, workspace: shop.workspace.path) }
    #expect(
      refusal.description == "All labeled datasets belong to a duel. Give one, such as "
        + "'duel-s1-d1', or create another with 'dflab augment'.")
    try make("own")
    #expect(try newest() == (shop.set("own"), []))
    try make("duel-s12-g2-test")
    let found = try newest()
    #expect(found.path == shop.set("own"))
    #expect(
      found.notes == [
        "Ignoring the newest labeled dataset, 'duel-s12-g2-test', a step of the duel 'duel'. "
          + "Use --data to select it."
      ])
    let named = try LabeledDataset.path(of: "duel-s1-d1", workspace: shop.workspace.path)
    #expect(named == shop.set("duel-s1-d1"))
    try make("duel-strangers")
    #expect(try newest() == (shop.set("duel-strangers"), []))
  }

  @Test func aNameThatIsNotThereIsSaidWithThoseThatAre() throws {
    #expect(throws: RecordsError.noLabeledSet(name: "augmented", known: [])) {
      try LabeledDatasetSummary(of: nil, workspace: shop.workspace.path)
    }
    try shop.people(6)
    _ = try AugmentRun.make(shop.request(40))
    #expect(throws: RecordsError.noLabeledSet(name: "no", known: ["augmented"])) {
      try LabeledDatasetSummary(of: "no", workspace: shop.workspace.path)
    }
  }
}
