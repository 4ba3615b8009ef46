import Foundation
import TestSupport
import Testing

@testable import Records

/// A recipe with values inside values.
private struct Soup: RecipeFile, Equatable {
  static let manual = "SOUP.md"
  var name = ""
  var spoons = 2
  var salt = Salt()

  struct Salt: Codable, Equatable {
    var grams = 1.5
    var grains: UInt64 = 9
  }

  var fault: String? { spoons > 4 ? "'spoons' must be at most 4, not \(spoons)" : nil }
}

@Suite struct RecipeFileTests {
  private func soup(_ text: String) throws -> Soup {
    try Soup(json: Data(text.utf8), path: "soup.json")
  }

  private func refusal(_ reason: String) -> RecordsError {
    .badRecipe(path: "soup.json", reason: reason, manual: "SOUP.md")
  }

  @Test func whatIsOmittedKeepsItsDefault() throws {
    var expected = Soup()
    expected.salt.grams = 3
    #expect(try soup(#"{"salt":{"grams":3}}"#) == expected)
    #expect(try soup("{}") == Soup())
  }

  @Test(arguments: [
    (#"{"spoon":3}"#, "unknown key 'spoon' (did you mean 'spoons'?)"),
    (
      #"{"salt":{"gram":3}}"#, "unknown key 'salt.gram' (did you mean 'salt.grams'?)"
    ),
    (#"{"spoons":5}"#, "'spoons' must be at most 4, not 5"),
    (#"{"spoons":1.5}"#, "'spoons' is too large, negative, or not an integer"),
    (
      #"{"salt":{"grams":1,"grains":-1}}"#,
      "'salt.grains' is too large, negative, or not an integer"
    ),
    (#"{"salt":[]}"#, "'salt' has the wrong type"),
    (#"{"salt":"much"}"#, "'salt' has the wrong type"),
  ])
  func aFaultIsNamedByItsKey(text: String, reason: String) {
    #expect(throws: refusal(reason)) { try soup(text) }
  }

  @Test func nestingAndSizeAreBounded() throws {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: refusal("nested more than 16 levels deep")) {
      try soup(#"{"name":"# + deep)
    }
    let brackets = #"{"name":"\#(deep)\"\#(deep)"}"#
    #expect(try soup(brackets).name.count == 200_001, "brackets within a string are none")
    let folder = try TemporaryFolder()
    let path = folder.path("soup.json")
    let long = #"{"name":"\#(String(repeating: "x", count: 1 << 20))"}"#
    try Data(long.utf8).write(to: URL(filePath: path))
    #expect(
      throws: RecordsError.badRecipe(
        path: path, reason: "larger than 1 MB", manual: "SOUP.md")
    ) { try Soup(reading: path) }
  }

  @Test func theErrorSaysWhereTheKeysAreListed() {
    #expect(
      refusal("it is empty").description
        == "Invalid recipe 'soup.json': it is empty. See SOUP.md.")
  }
}
