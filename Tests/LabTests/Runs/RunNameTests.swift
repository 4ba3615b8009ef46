import Generation
import Testing

@testable import Lab

@Suite struct RunNameTests {
  @Test(arguments: [
    ("/x/a", "/x/b", "a-b"),
    ("/alice/faces", "/bob/faces", "alice-bob"),
    ("/x/alice smith", "/x/.bob", "alice-smith-bob"),
    ("/alice/faces/", "/bob/faces", "alice-bob"),
  ])
  func aNameFollowsFromTheFolders(a: String, b: String, name: String) throws {
    #expect(try RunName(a: a, b: b, architecture: .fast).description == name)
    #expect(try RunName(a: a, b: b, architecture: .original).description == "\(name)-original")
  }

  @Test(arguments: [
    ("", "it is empty"), (".x", "it begins with '.'"), ("-x", "it begins with '-'"),
    ("a/b", "it holds '/'"), ("a b", "it holds ' '"), ("..", "it begins with '.'"),
  ])
  func aNameThatIsNoFolderNameIsRefused(name: String, reason: String) {
    #expect(throws: LabError.badRunName(name: name, reason: reason)) { try RunName(name) }
  }

  @Test func ordinaryNamesAreTaken() throws {
    #expect(try RunName("Zoë_2.1-final").description == "Zoë_2.1-final")
  }
}
