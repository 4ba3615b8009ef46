import Generation
import Testing

@testable import Records
@testable import Workflows

@Suite struct SwapRunNameTests {
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
}
