import Foundation
import TestSupport
import Testing

@testable import Faces

@Suite struct IdentityRuleTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func numbersAloneNameNoOne() throws {
    // Numbering begins anew in each folder, as in many sets of pictures.
    try make([
      "train/real/0.jpg", "train/real/1.jpg", "train/fake/0.jpg", "test/real/0.jpg",
      "test/fake/fake_1.jpg", "test/real/real (2).jpg", "train/real/image_3.jpg",
      "test/real/image_3.jpg",
    ])
    let divided = try PublicSet(reading: folder.path).divided(.usual, seed: 1)
    #expect(divided.items.count == 8 && divided.left.isEmpty)
    let people = identities(divided.items)
    #expect(people["train/real/0.jpg"] == ["train/0"] && people["test/real/0.jpg"] == ["test/0"])
    #expect(people["test/real/real (2).jpg"] == ["test/2"])
    #expect(people["train/real/image_3.jpg"] == ["train/image_3"])
  }

  @Test func theRuleIsChosen() throws {
    try make(["real/anna/1.jpg", "real/bert/1.jpg", "fake/anna/2.jpg", "fake/carl/1.jpg"])
    func people(_ rule: IdentityRule) throws -> [[String]] {
      try PublicSet(reading: folder.path, identities: rule).items.map(\.identities)
    }
    #expect(try people(.layout) == [["anna"], ["carl"], ["anna"], ["bert"]])
    #expect(try people(.folder) == [["anna"], ["carl"], ["anna"], ["bert"]])
    #expect(try people(.file) == [["anna/2"], ["carl/1"], ["anna/1"], ["bert/1"]])
    #expect(Set(try people(.unknown)).count == 4)
  }

  @Test func aListNamesFilesOrFolders() throws {
    try make(["real/1.jpg", "real/b/2.jpg", "fake/3.jpg", "fake/4.jpg"])
    let list =
      "\u{FEFF}identity,path\r\nanna,real/1.jpg\r\n\"bert\",real/b/\r\nanna; bert,fake/3.jpg\r\n"
    try folder.write(Array(list.utf8), as: "who.csv")
    let set = try PublicSet(
      reading: folder.path, identities: #require(IdentityRule(folder.path("who.csv"))))
    let people = identities(set.items)
    #expect(people["real/1.jpg"] == ["anna"] && people["real/b/2.jpg"] == ["bert"])
    #expect(people["fake/3.jpg"] == ["anna", "bert"] && people["fake/4.jpg"] == ["4"])
    #expect(set.unlisted == 1)
  }

  @Test(arguments: [
    ("a,b\n1,2\n", "its first line must name the columns 'path' and 'identity'"),
    ("path,identity\nreal/9.jpg,x\n", "it names none of the 2 files, such as 'fake/2.jpg'"),
    ("path,identity\nreal/1.jpg,\n", "record 1 lacks a path or an identity"),
  ])
  func aListThatCannotBeUsedSaysWhy(text: String, reason: String) throws {
    try make(["real/1.jpg", "fake/2.jpg"])
    try folder.write(Array(text.utf8), as: "who.csv")
    let path = folder.path("who.csv")
    #expect(throws: FacesError.badIdentities(path: path, reason: reason)) {
      try PublicSet(reading: folder.path, identities: .list(path))
    }
  }

  @Test func aForgeryKeepsTheClipsThatItsLayoutStates() throws {
    try make([
      "original_sequences/youtube/c23/videos/000.mp4",
      "manipulated_sequences/Deepfakes/c23/videos/000_003.mp4",
    ])
    let set = try PublicSet(reading: folder.path, identities: .unknown)
    #expect(set.items[0].identities == [set.items[0].path])
    #expect(set.items[0].clips == ["ff000", "ff003"])
  }

  @Test func theRefusalOfALeakNamesTheRuleAndTheWayOut() throws {
    try make([
      "train/real/a_1.jpg", "train/fake/b_1.jpg", "test/real/a_2.jpg", "test/fake/d_1.jpg",
    ])
    let set = try PublicSet(reading: folder.path)
    let error = #expect(throws: FacesError.self) { try set.divided(.usual, seed: 1) }
    #expect(
      error?.description
        == "The splits of '\(folder.path)' leak: identity 'a' is in test ('test/real/a_2.jpg') and in "
        + "training ('train/real/a_1.jpg'), because files in one subfolder, or with the same name up to "
        + "a trailing number, count as one identity. If these files show different people, say so with "
        + "--identities folder, file, none, or FILE.csv; otherwise put all samples of an identity and "
        + "of a clip into one split.")
    let other = try PublicSet(reading: folder.path, identities: .file)
    #expect(try other.divided(.usual, seed: 1).items.count == 4)
  }

  @Test func theTextOfARuleIsParsed() {
    for text in ["layout", "folder", "file", "none", "a/b.csv"] {
      #expect(IdentityRule(text)?.description == text)
    }
    #expect(IdentityRule("person") == nil)
  }

  private func identities(_ items: [PublicItem]) -> [String: [String]] {
    Dictionary(uniqueKeysWithValues: items.map { ($0.path, $0.identities) })
  }

  private func make(_ paths: [String]) throws {
    for path in paths { try folder.write([1], as: path) }
  }
}
