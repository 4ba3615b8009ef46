import Faces
import TestSupport
import Testing

@Suite struct PeopleTableTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func table(_ text: String) throws -> PeopleTable? {
    try folder.write(Array(text.utf8), as: PeopleTable.name)
    return try PeopleTable(of: folder.path)
  }

  @Test func datasetsWithoutAFileKnowNothing() throws {
    #expect(try PeopleTable(of: folder.path) == nil)
  }

  @Test func valuesAreFoundByNameAndAttribute() throws {
    let table = try #require(
      try table("\u{FEFF}sex, identity ,skin tone\nfemale,ada,\nmale,\"b, \"\"Ben\"\"\",dark\n"))
    #expect(table.attributes == ["sex", "skin tone"])
    #expect(table["ada", "sex"] == "female" && table["ada", "skin tone"] == nil)
    #expect(table["b, \"Ben\"", "skin tone"] == "dark")
    #expect(table["cleo", "sex"] == nil && table["ada", "age"] == nil)
    let text = table.text
    #expect(
      text == "identity,sex,skin tone\nada,female,\n\"b, \"\"Ben\"\"\",male,dark\n")
    try folder.write(Array(text.utf8), as: PeopleTable.name)
    #expect(try PeopleTable(of: folder.path) == table)
  }

  @Test func renderedPeopleHaveASkinToneAndAnAge() {
    var (pale, dark) = (Identity(), Identity())
    (pale.skinMelanin, pale.age) = (0, 0.4)
    (dark.skinMelanin, dark.age) = (1, 1)
    let table = PeopleTable(rendered: ["p001": pale, "p002": dark])
    #expect(
      table.text
        == "identity,skin_tone,apparent_age\np001,light,37 to 53\np002,dark,54 to 70\n")
  }

  @Test(arguments: [
    ("name,sex\nada,f\n", "its first line must name the column 'identity'"),
    ("", "its first line must name the column 'identity'"),
    ("identity\nada\n", "it has 0 columns beside 'identity', and 1 to 16 are possible"),
    ("identity,sex\nada,f\nada,m\n", "record 2 names 'ada' a second time"),
    ("identity,sex\n,f\n", "record 1 lacks an identity"),
    (
      "identity,age\n" + (0..<30).map { "p\($0),\($0)\n" }.joined(),
      "column 'age' has 30 different values, and at most 24 are possible: write ranges instead of "
        + "numbers"
    ),
  ])
  func aBadFileIsRefusedInWords(_ text: String, _ reason: String) {
    #expect(throws: FacesError.badPeople(path: "\(folder.path)/people.csv", reason: reason)) {
      try table(text)
    }
  }
}
