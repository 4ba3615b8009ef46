import Faces
import Foundation
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite struct SetCheckTests {
  @Test func aSetIsWholeUntilAPictureChangesOrGoes() throws {
    let shop = try RecordedWorkshop()
    let path = shop.shop.set()
    #expect(try SetCheck(of: path, workspace: nil).isWhole)
    try Data("other".utf8).write(to: URL(filePath: "\(path)/pictures/000003.jpg"))
    try FileManager.default.removeItem(atPath: "\(path)/pictures/000004.jpg")
    let check = try SetCheck(of: "augmented", workspace: shop.workspace.path)
    #expect(check.changed == ["pictures/000003.jpg"] && check.missing == ["pictures/000004.jpg"])
    #expect(check.pictures == 24 && check.unhashed == 0 && check.leak == nil && !check.isWhole)
  }

  @Test func aLeakIsTold() throws {
    let shop = try RecordedWorkshop()
    let path = shop.shop.set()
    let manifest = "\(path)/\(LabeledDataset.manifestName)"
    let text = try String(contentsOfFile: manifest, encoding: .utf8)
    let first = try #require(text.firstRange(of: "\"split\":\"training\""))
    try Data(text.replacingCharacters(in: first, with: "\"split\":\"test\"").utf8)
      .write(to: URL(filePath: manifest))
    let check = try SetCheck(of: path, workspace: nil)
    #expect(check.leak != nil && check.changed == [] && !check.isWhole)
  }
}
