import Testing

@testable import Records

@Suite struct RunNameTests {
  @Test(arguments: [
    ("", "it is empty"), (".x", "it begins with '.'"), ("-x", "it begins with '-'"),
    ("a/b", "it holds '/'"), ("a b", "it holds ' '"), ("..", "it begins with '.'"),
  ])
  func aNameThatIsNoFolderNameIsRefused(name: String, reason: String) {
    #expect(throws: RecordsError.badRunName(name: name, reason: reason)) { try RunName(name) }
  }

  @Test func ordinaryNamesAreTaken() throws {
    #expect(try RunName("Zoë_2.1-final").description == "Zoë_2.1-final")
  }
}
