import Engine
import Media
import TestSupport
import Testing

@testable import Faces
@testable import Records
@testable import Workflows

@Suite struct SourceNotesTests {
  private let shop: AugmentWorkshop

  init() throws { shop = try AugmentWorkshop() }

  private func notes(most: Int = SourceFaces.most) throws -> [String] {
    let sets = try SourceSet.all(of: shop.workspace)
    return try SourceFaces(sets, most: most).notes.sentences
  }

  @Test func contactSheetsInFaceSetsAreNoBusinessOfTheUser() throws {
    try shop.people(5)
    let sheet = try Image(width: 64, height: 64, filled: Color(gray: 90)).encoded(
      as: .png, mark: nil)
    for person in 1...5 {
      try WholeFile.write(sheet, to: "\(shop.set("people"))/p00\(person)/\(FaceSet.sheetName)")
    }
    #expect(try notes() == [])
    #expect(
      try SourceFaces(SourceSet.all(of: shop.workspace)).pictures.allSatisfy {
        !$0.hasSuffix(FaceSet.sheetName)
      })
  }

  @Test func whatIsTrueOfManySetsIsSaidOnce() throws {
    try shop.people(3)
    let picture = try Image(width: 64, height: 64, filled: Color(gray: 90)).encoded(
      as: .png, mark: nil)
    var broken = ""
    for person in 1...3 {
      let path = "\(shop.set("people"))/p00\(person)"
      try WholeFile.write(picture, to: "\(path)/further.png")
      broken = try #require(try FaceListing(of: path).names.first)
      try WholeFile.write([1, 2, 3], to: "\(path)/\(broken)")
    }
    #expect(
      try notes(most: 6) == [
        "Ignoring 3 pictures in 3 face sets not listed in 'faces.jsonl'.",
        "Using 6 of the 12 faces of 3 face sets, evenly spaced.",
        "Skipping 3 pictures in 3 face sets, such as in 'people/p001': '\(broken)' is not a "
          + "picture of a supported format.",
      ])
  }

  @Test func ofOneSetItsNameIsSaid() throws {
    try shop.people(1)
    let path = "\(shop.set("people"))/p001"
    let picture = try Image(width: 64, height: 64, filled: Color(gray: 90)).encoded(
      as: .png, mark: nil)
    for name in ["x", "y"] { try WholeFile.write(picture, to: "\(path)/\(name).png") }
    #expect(
      try notes(most: 2) == [
        "Ignoring 2 pictures in 'people/p001' not listed in 'faces.jsonl'.",
        "Using 2 of the 4 faces of 'people/p001', evenly spaced.",
      ])
  }
}
