import Faces
import Foundation
import Media
import TestSupport
import Testing

@testable import Lab

@Suite struct LabelledSurveyTests {
  private let shop: AugmentWorkshop

  init() throws { shop = try AugmentWorkshop() }

  @Test func aSetIsCountedByMethodSplitAndPerson() throws {
    try shop.people(6)
    _ = try AugmentRun.make(shop.request(40))
    let survey = try LabelledSurvey(of: nil, workspace: shop.workspace.path)
    #expect(survey.folder == shop.set() && survey.pictures == 40)
    #expect(survey.methods.first?.method == "real")
    #expect(survey.methods[0].splits.values.reduce(0, +) == 20)
    #expect(survey.people.values.reduce(0, +) == 6)
    #expect(survey.audit == nil && survey.notes.isEmpty)
    let sheet = try Image(reading: survey.sheet)
    #expect(sheet.height > survey.methods.count * 128)
  }

  @Test func aMissingPictureIsNamed() throws {
    try shop.people(6)
    _ = try AugmentRun.make(shop.request(40))
    try FileManager.default.removeItem(atPath: shop.set() + "/pictures/000007.jpg")
    let survey = try LabelledSurvey(of: "augmented", workspace: shop.workspace.path)
    #expect(survey.notes == ["'pictures/000007.jpg' is not in the folder"])
  }

  @Test func aNameThatIsNotThereIsSaidWithThoseThatAre() throws {
    #expect(throws: LabError.noLabelledSet(name: "augmented", known: [])) {
      try LabelledSurvey(of: nil, workspace: shop.workspace.path)
    }
    try shop.people(6)
    _ = try AugmentRun.make(shop.request(40))
    #expect(throws: LabError.noLabelledSet(name: "no", known: ["augmented"])) {
      try LabelledSurvey(of: "no", workspace: shop.workspace.path)
    }
  }
}
