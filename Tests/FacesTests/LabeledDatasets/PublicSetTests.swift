import Foundation
import TestSupport
import Testing

@testable import Faces

@Suite struct PublicSetTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func faceForensicsGivesPairsAndOfficialSplits() throws {
    try make([
      "original_sequences/youtube/c23/videos/000.mp4",
      "original_sequences/youtube/c23/videos/003.mp4",
      "original_sequences/youtube/c23/videos/071.mp4",
      "original_sequences/actors/c23/videos/01__exit_phone_room.mp4",
      "manipulated_sequences/Deepfakes/c23/videos/000_003.mp4",
      "manipulated_sequences/DeepFakeDetection/c23/videos/01_02__exit_phone_room__YVGY8LOK.mp4",
      "manipulated_sequences/Deepfakes/c23/masks/readme.txt",
    ])
    try folder.write(Array(#"[["000","003"]]"#.utf8), as: "train.json")
    try folder.write(Array(#"[["071","054"]]"#.utf8), as: "test.json")
    let set = try PublicSet(reading: folder.path)
    #expect(set.layout == .faceForensics && set.items.count == 6)
    let fake = try item(set, "000_003")
    #expect(fake.label == .fake && fake.method == "deepfakes" && fake.split == .training)
    #expect(fake.identities == ["ff000", "ff003"] && fake.clips == ["ff000", "ff003"])
    #expect(try item(set, "071").split == .test)
    #expect(try item(set, "000.mp4").label == .real)
    let actors = try item(set, "01_02__")
    #expect(actors.identities == ["actor01", "actor02"] && actors.split == nil)
    #expect(actors.clips[0] == (try item(set, "01__exit")).clips[0])
  }

  @Test func celebDFsListIsTurnedRound() throws {
    try make([
      "Celeb-real/id0_0000.mp4", "Celeb-real/id1_0000.mp4", "Celeb-real/id2_0000.mp4",
      "Celeb-real/id3_0001.mp4",
      "Celeb-synthesis/id0_id1_0000.mp4", "Celeb-synthesis/id2_id3_0000.mp4",
      "YouTube-real/00000.mp4", "YouTube-real/00001.mp4",
    ])
    let list =
      "1 Celeb-real/id0_0000.mp4\n0 Celeb-synthesis/id0_id1_0000.mp4\n1 YouTube-real/00000.mp4\n"
    try folder.write(Array(list.utf8), as: "List_of_testing_videos.txt")
    let set = try PublicSet(reading: folder.path)
    #expect(set.layout == .celebDF && set.items.count == 8)
    let fake = try item(set, "id0_id1")
    #expect(fake.label == .fake && fake.split == .test && fake.identities == ["id0", "id1"])
    #expect(fake.clips == ["id0_0000"])
    #expect(try item(set, "YouTube-real/00000").split == .test)
    // id1 lends its face to the test split: its own clip would leak.
    let divided = try set.divided(.usual, seed: 1)
    #expect(divided.left.map(\.path) == ["Celeb-real/id1_0000.mp4"])
    #expect(!divided.items.contains { $0.path.hasSuffix("/id1_0000.mp4") })
    let pair = divided.items.filter {
      $0.identities.contains("id2") || $0.identities.contains("id3")
    }
    #expect(pair.count == 3 && Set(pair.map(\.split)).count == 1)
    #expect(divided.items.allSatisfy { $0.split != nil })
  }

  @Test func aListThatContradictsTheFoldersIsRefused() throws {
    try make(["Celeb-real/id0_0000.mp4", "Celeb-synthesis/id0_id1_0000.mp4"])
    try folder.write(Array("0 Celeb-real/id0_0000.mp4\n".utf8), as: "List_of_testing_videos.txt")
    #expect(
      throws: FacesError.unknownLayout(
        path: folder.path,
        reason:
          "'Celeb-real/id0_0000.mp4' is fake in 'List_of_testing_videos.txt', but real by its "
          + "folder")
    ) { try PublicSet(reading: folder.path) }
  }

  @Test func dfdcTiesAForgeryToItsOriginal() throws {
    try make(["part_0/a.mp4", "part_0/b.mp4", "part_1/c.mp4"])
    try folder.write(
      Array(
        #"{"a.mp4":{"label":"FAKE","split":"train","original":"b.mp4"},"b.mp4":{"label":"REAL","split":"train"}}"#
          .utf8), as: "part_0/metadata.json")
    try folder.write(
      Array(#"{"c.mp4":{"label":"REAL","split":"train"}}"#.utf8), as: "part_1/metadata.json")
    let set = try PublicSet(reading: folder.path)
    #expect(set.layout == .dfdc)
    #expect(set.items.map(\.path) == ["part_0/a.mp4", "part_0/b.mp4", "part_1/c.mp4"])
    #expect(set.items.map(\.label) == [.fake, .real, .real])
    #expect(set.items[0].identities == ["b"] && set.items[1].identities == ["b"])
    // A release of one split alone is divided by us.
    #expect(set.items.allSatisfy { $0.split == nil })
  }

  @Test(arguments: [
    (#"{"../a.mp4":{"label":"REAL"}}"#, "'../a.mp4' is outside the folder"),
    (#"{"a.mp4":{"label":"maybe"}}"#, "'a.mp4' is labeled 'maybe', not REAL or FAKE"),
    (#"{"a.mp4":5}"#, "'metadata.json': 'a.mp4' has the wrong type"),
    ("[", "'metadata.json': invalid JSON"),
  ])
  func metadataThatCannotBeAreRefused(text: String, reason: String) throws {
    try folder.write(Array(text.utf8), as: "metadata.json")
    #expect(throws: FacesError.unknownLayout(path: folder.path, reason: reason)) {
      try PublicSet(reading: folder.path)
    }
  }

  @Test func plainFoldersGroupByNameAndFolder() throws {
    try make([
      "real/anna_0001.jpg", "real/anna_0002.jpg", "real/bert/7.png", "fake/bert/1.png",
      "fake/000001.jpg", "fake/clip1.mp4",
    ])
    let set = try PublicSet(reading: folder.path)
    #expect(set.layout == .folders)
    let people = Dictionary(uniqueKeysWithValues: set.items.map { ($0.path, $0.identities[0]) })
    #expect(people["real/anna_0001.jpg"] == "anna" && people["real/anna_0002.jpg"] == "anna")
    #expect(people["real/bert/7.png"] == "bert" && people["fake/bert/1.png"] == "bert")
    // A number names no one.
    #expect(people["fake/000001.jpg"] == "000001" && people["fake/clip1.mp4"] == "clip1")
  }

  @Test func plainFoldersMayBeOneASplit() throws {
    try make(["train/real/a_1.jpg", "train/fake/b_1.jpg", "Test/Real/c_1.jpg", "Test/Fake/d_1.jpg"])
    let set = try PublicSet(reading: folder.path)
    #expect(Set(set.items.filter { $0.path.hasPrefix("train") }.map(\.split)) == [.training])
    #expect(Set(set.items.filter { $0.path.hasPrefix("Test") }.map(\.split)) == [.test])
  }

  @Test func picturesAreALabeledSetWhereTheyAre() throws {
    try make((1...6).flatMap { ["real/p\($0)/1.jpg", "fake/p\($0)/1.jpg"] })
    let before = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    let set = try LabeledDataset(PublicSet(reading: folder.path))
    #expect(set.samples.count == 12 && set.path == folder.path)
    #expect(Set(set.samples.map(\.split)) == Set(Split.allCases))
    for person in 1...6 {
      let own = set.samples.filter { $0.identities == ["p\(person)"] }
      #expect(own.count == 2 && Set(own.map(\.split)).count == 1)
    }
    #expect(try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted() == before)
  }

  @Test func aSplitThatLeaksIsRefused() throws {
    try make(["train/real/a_1.jpg", "train/fake/b_1.jpg", "test/real/a_2.jpg", "test/fake/d_1.jpg"])
    #expect(throws: FacesError.self) { try LabeledDataset(PublicSet(reading: folder.path)) }
  }

  @Test func whatLooksLikeNothingIsRefused() throws {
    try make(["holiday/1.jpg"])
    #expect(
      throws: FacesError.unknownLayout(
        path: folder.path, reason: "no folder or file of a supported layout")
    ) { try PublicSet(reading: folder.path) }
    #expect(throws: FacesError.missingFolder(path: "/no/such")) {
      try PublicSet(reading: "/no/such")
    }
  }

  private func item(_ set: PublicSet, _ part: String) throws -> PublicItem {
    try #require(set.items.first { $0.path.contains(part) })
  }

  private func make(_ paths: [String]) throws {
    for path in paths {
      try FileManager.default.createDirectory(
        atPath: (folder.path(path) as NSString).deletingLastPathComponent,
        withIntermediateDirectories: true)
      try folder.write([1], as: path)
    }
  }
}
