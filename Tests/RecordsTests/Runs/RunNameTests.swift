import Testing

@testable import Records

@Suite struct RunNameTests {
  @Test(arguments: [
    ("", "it is empty"), (".x", "it starts with '.'"), ("-x", "it starts with '-'"),
    ("a/b", "it contains '/'"), ("a b", "it contains ' '"), ("..", "it starts with '.'"),
  ])
  func aNameThatIsNoFolderNameIsRefused(name: String, reason: String) {
    #expect(throws: RecordsError.badRunName(name: name, reason: reason)) { try RunName(name) }
  }

  @Test func ordinaryNamesAreTaken() throws {
    #expect(try RunName("Zoë_2.1-final").description == "Zoë_2.1-final")
  }
}
