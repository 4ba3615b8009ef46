import Foundation
import TestSupport
import Testing

@testable import Faces

/// Trees of empty files in the layouts of public datasets.
@Suite struct LayoutTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  // MARK: FaceForensics++

  @Test func masksAreNoSamplesButShowWhoIsForged() throws {
    try make([
      "original_sequences/youtube/c23/videos/000.mp4",
      "original_sequences/youtube/c23/videos/003.mp4",
      "manipulated_sequences/Deepfakes/c23/videos/000_003.mp4",
      "manipulated_sequences/Deepfakes/masks/videos/000_003.mp4",
      "manipulated_sequences/FaceShifter/c23/videos/003_000.mp4",
      "manipulated_sequences/Face2Face/c40/frames/000_003/0001.png",
      "manipulated_sequences/Face2Face/c40/frames/000_003/0010.png",
      "manipulated_sequences/Face2Face/c40/frames/000_003/0002.png",
      "manipulated_sequences/Face2Face/c23/masks/000_003/0001.png",
      "manipulated_sequences/Face2Face/c40/landmarks/000_003/0001.png",
    ])
    let set = try PublicSet(reading: folder.path)
    #expect(set.items.count == 5 && set.skipped.isEmpty)
    let swap = try item(set, "Deepfakes/c23")
    #expect(swap.mask == "manipulated_sequences/Deepfakes/masks/videos/000_003.mp4")
    // The original is cut where a forgery of it is.
    #expect(try item(set, "videos/000.mp4").mask == swap.mask)
    #expect(try item(set, "videos/003.mp4").mask == nil)
    let shifter = try item(set, "FaceShifter")
    #expect(shifter.method == "faceshifter" && shifter.identities == ["ff003", "ff000"])
    let frames = try item(set, "Face2Face")
    #expect(frames.path == "manipulated_sequences/Face2Face/c40/frames/000_003")
    #expect(
      frames.frames.map { ($0 as NSString).lastPathComponent }
        == ["0001.png", "0002.png", "0010.png"])
    #expect(frames.identities == ["ff000", "ff003"])
    #expect(frames.mask == "manipulated_sequences/Face2Face/c23/masks/000_003")
  }

  @Test func actorsAreToldByTheirNames() throws {
    try make([
      "original_sequences/actors/c23/videos/01__exit_phone_room.mp4",
      "original_sequences/actors/c23/videos/02__exit_phone_room.mp4",
      "manipulated_sequences/DeepFakeDetection/c23/videos/01_02__exit_phone_room__YVGY8LOK.mp4",
      "manipulated_sequences/DeepFakeDetection/masks/videos/01_02__exit_phone_room__YVGY8LOK.mp4",
    ])
    let set = try PublicSet(reading: folder.path)
    let fake = try item(set, "01_02__")
    #expect(fake.identities == ["actor01", "actor02"] && fake.method == "deepfakedetection")
    #expect(fake.clips == ["actor01/exit_phone_room", "actor02/exit_phone_room"])
    #expect(fake.mask?.contains("masks/videos/01_02__") == true)
    #expect(try item(set, "/01__").mask == fake.mask)
  }

  @Test func aVideoIsNotImportedAgainAsFrames() throws {
    try make([
      "original_sequences/youtube/c23/videos/000.mp4",
      "original_sequences/youtube/c23/frames/000/1.png",
      "original_sequences/youtube/c23/frames/001/1.png",
      "manipulated_sequences/Deepfakes/c23/videos/000_001.mp4",
    ])
    let set = try PublicSet(reading: folder.path)
    #expect(set.items.count == 3)
    #expect(set.skipped == [SkippedFile("original_sequences/youtube/c23/frames/000", .repeated)])
  }

  // MARK: Celeb-DF

  @Test(arguments: [
    ("YouTube-real", "YouTube-real/00170.mp4"), ("Youtube-real", "YouTube-real/00170.mp4"),
    ("YouTube-real", "Youtube-real/videos/00170.mp4"), ("Youtube-real", "Youtube-real\\00170.mp4"),
  ])
  func celebDFMayBeSpelledEitherWay(part: String, listed: String) throws {
    try make([
      "Celeb-real/videos/id0_0000.mp4", "Celeb-synthesis/videos/id0_id1_0000.mp4",
      "\(part)/videos/00170.mp4", "\(part)/videos/00171.mp4",
    ])
    let list =
      "1 \(listed)\r\n0  Celeb-synthesis/id0_id1_0000.mp4\r\n\r\n1 Celeb-real/id9_0000.mp4\r\n"
    try folder.write(Array(list.utf8), as: "List_of_testing_videos.txt")
    let set = try PublicSet(reading: folder.path)
    #expect(set.layout == .celebDF && set.items.count == 4)
    #expect(try item(set, "00170").split == .test && item(set, "id0_id1").split == .test)
    #expect(try item(set, "00171").split == nil)
    #expect(set.skipped == [SkippedFile("Celeb-real/id9_0000.mp4", .missing)])
  }

  // MARK: DFDC

  @Test func missingVideosOfDFDCAreNamed() throws {
    try make(["train/part_0/a.mp4", "train/part_0/c.mp4", "train/part_0/d.mp4.part"])
    let list = """
      {"a.mp4": {"label": "FAKE", "split": "train", "original": "b.mp4"}, "d.mp4": {"label": "REAL"},
       "b.mp4": {"label": "REAL", "split": "train"}, "e.mp4": {"label": "REAL"}}
      """
    try folder.write(Array(list.utf8), as: "train/part_0/metadata.json")
    try make(["test/videos/x.mp4", "test/videos/y.mp4"])
    try folder.write(Array("filename,label\nx.mp4,1\ny.mp4,0\n".utf8), as: "test/labels.csv")
    let set = try PublicSet(reading: folder.path)
    #expect(set.layout == .dfdc)
    #expect(
      set.items.map(\.path) == ["test/videos/x.mp4", "test/videos/y.mp4", "train/part_0/a.mp4"])
    #expect(set.items.map(\.label) == [.fake, .real, .fake])
    #expect(set.items.map(\.split) == [.test, .test, .training])
    #expect(
      set.skipped == [
        SkippedFile("train/part_0/b.mp4", .missing), SkippedFile("train/part_0/c.mp4", .unnamed),
        SkippedFile("train/part_0/d.mp4", .missing),
        SkippedFile("train/part_0/d.mp4.part", .unfinished),
        SkippedFile("train/part_0/e.mp4", .missing),
      ])
  }

  // MARK: 140k Real and Fake Faces

  @Test(arguments: ["", "real_vs_fake", "real_vs_fake/real-vs-fake"])
  func kaggles140kOpensFromEachOfItsFolders(given: String) throws {
    let inner = "real_vs_fake/real-vs-fake"
    var pictures: [String] = []
    for (index, split) in ["train", "valid", "test"].enumerated() {
      pictures += ["\(split)/real/0\(index).jpg", "\(split)/real/7\(index).jpg"]
      pictures += ["\(split)/fake/0\(index)ZTJ3621.jpg"]
    }
    try make(pictures.map { "\(inner)/\($0)" })
    for split in ["train", "valid", "test"] {
      let rows = pictures.filter { $0.hasPrefix(split) }.enumerated().map { index, path in
        let label = path.contains("/real/") ? "1,real" : "0,fake"
        return
          "\(index),/kaggle/input/\(path),\((path as NSString).lastPathComponent),\(label),\(path)"
      }
      let table = ([",original_path,id,label,label_str,path"] + rows).joined(separator: "\n")
      try folder.write(Array(table.utf8), as: "\(split).csv")
    }
    let set = try PublicSet(reading: folder.path(given))
    #expect(set.layout == .kaggle140k && set.items.count == 9 && set.skipped.isEmpty)
    #expect(Set(set.items.flatMap(\.identities)).count == 9)
    #expect(try item(set, "valid/real").split == .validation)
    #expect(try item(set, "test/fake").split == .test)
    let divided = try set.divided(.usual, seed: 1)
    #expect(divided.items.count == 9 && divided.left.isEmpty)
  }

  @Test func aListOf140kThatContradictsTheFoldersIsRefused() throws {
    for split in ["train", "valid", "test"] {
      try make(["\(split)/real/\(split)1.jpg", "\(split)/fake/\(split)2.jpg"])
      try folder.write(
        Array("path,label\n\(split)/real/\(split)1.jpg,0\n".utf8), as: "\(split).csv")
    }
    #expect(
      throws: FacesError.unknownLayout(
        path: folder.path,
        reason: "'test/real/test1.jpg' is fake in 'test.csv', but real by its folder")
    ) { try PublicSet(reading: folder.path) }
  }

  // MARK: DF40

  @Test func df40TakesItsRealClipsFromTheDatasetsBeside() throws {
    try make([
      "DF40/simswap/ff/frames/000_003/001.png", "DF40/simswap/cdf/frames/id0_id1_0002/001.png",
      "DF40/sadtalker/ff/videos/003.mp4", "DF40/heygen/real/frames/x/1.png",
      "DF40/heygen/fake/frames/x/1.png", "DF40_train/simswap/ff/frames/010_011/001.png",
      "FaceForensics++/original_sequences/youtube/c23/frames/000/001.png",
      "FaceForensics++/original_sequences/youtube/c23/frames/010/001.png",
      "Celeb-DF-v2/Celeb-real/frames/id0_0002/001.png",
    ])
    let set = try PublicSet(reading: folder.path)
    #expect(set.layout == .df40 && set.items.count == 9 && set.skipped.isEmpty)
    let ff = try item(set, "000_003")
    #expect(ff.method == "simswap" && ff.identities == ["ff000", "ff003"] && ff.split == .test)
    let celeb = try item(set, "id0_id1_0002")
    #expect(celeb.identities == ["id0", "id1"] && celeb.clips == ["id0_0002"])
    #expect(try item(set, "sadtalker").identities == ["ff003"])
    let pair = set.items.filter { $0.path.contains("heygen") }
    #expect(pair.map(\.label) == [.fake, .real] && pair[0].identities == pair[1].identities)
    // A real clip is in the split of its forgeries.
    #expect(try item(set, "c23/frames/000").split == .test)
    #expect(try item(set, "c23/frames/010").split == .training)
    #expect(try item(set, "Celeb-real").split == .test)
  }

  // MARK: DeepfakeBench

  private let bench = [
    "datasets/rgb/FaceForensics++/original_sequences/youtube/c23/frames/000/000.png",
    "datasets/rgb/FaceForensics++/original_sequences/youtube/c23/frames/000/012.png",
    "datasets/rgb/FaceForensics++/manipulated_sequences/Deepfakes/c23/frames/000_003/000.png",
    "datasets/rgb/Celeb-DF-v2/Celeb-real/frames/id0_0000/000.png",
    "datasets/rgb/Celeb-DF-v2/Celeb-real/frames/id1_0000/000.png",
    "datasets/rgb/Celeb-DF-v2/Celeb-synthesis/frames/id0_id2_0000/000.png",
    "datasets/rgb/UADFV/fake/frames/0001_fake/000.png",
    "datasets/rgb/UADFV/real/frames/0001/000.png",
    "datasets/rgb/Other/odd/frames/9_fake/000.png",
  ]

  @Test func deepfakeBenchOpensWithoutItsLists() throws {
    try make(bench)
    let set = try PublicSet(reading: folder.path("datasets"))
    #expect(set.layout == .deepfakeBench && set.items.count == 7)
    let real = try item(set, "youtube/c23/frames/000")
    #expect(real.label == .real && real.identities == ["ff000"] && real.frames.count == 2)
    #expect(try item(set, "000_003").label == .fake)
    #expect(set.skipped == [SkippedFile("rgb/Other/odd/frames/9_fake/000.png", .unnamed)])
  }

  @Test func deepfakeBenchsListsDecideOnSplits() throws {
    try make(bench)
    // Paths as in the published lists: of another machine, and with its separators.
    let ff = #"""
      {"FaceForensics++": {
        "FF-real": {"train": {"c23": {"000": {"label": "FF-real", "frames":
          ["FaceForensics++\\original_sequences\\youtube\\c23\\frames\\000\\012.png",
           "FaceForensics++\\original_sequences\\youtube\\c23\\frames\\000\\000.png"]}}}, "val": {}},
        "FF-DF": {"train": {"c23": {"000_003": {"label": "FF-DF", "frames":
          ["FaceForensics++\\manipulated_sequences\\Deepfakes\\c23\\frames\\000_003\\000.png"]}}}}}}
      """#
    let celeb = #"""
      {"Celeb-DF-v2": {
        "CelebDFv2_real": {"train": {
          "id0_0000": {"frames": ["/home/x/datasets/rgb/Celeb-DF-v2/Celeb-real/frames/id0_0000/000.png"]},
          "id1_0000": {"frames": ["/home/x/datasets/rgb/Celeb-DF-v2/Celeb-real/frames/id1_0000/000.png"]},
          "id7_0000": {"frames": ["/home/x/datasets/rgb/Celeb-DF-v2/Celeb-real/frames/id7_0000/000.png"]}},
         "test": {}, "val": {"label": "odd", "frames": []}},
        "CelebDFv2_fake": {"test": {
          "id0_id2_0000": {"frames": ["/home/x/datasets/rgb/Celeb-DF-v2/Celeb-synthesis/frames/id0_id2_0000/000.png"]}},
         "val": {
          "id0_id2_0000": {"frames": ["/home/x/datasets/rgb/Celeb-DF-v2/Celeb-synthesis/frames/id0_id2_0000/000.png"]}}}}}
      """#
    let other = #"""
      {"Other": {"Odd_Fake": {"train": {"9_fake": {"frames": ["./datasets/rgb/Other/odd/frames/9_fake/000.png"]}}}}}
      """#
    for (name, list) in [("FaceForensics++", ff), ("Celeb-DF-v2", celeb), ("Other", other)] {
      try folder.write(Array(list.utf8), as: "preprocessing/dataset_json/\(name).json")
    }
    let set = try PublicSet(reading: folder.path)
    #expect(set.layout == .deepfakeBench && set.items.count == 8)
    #expect(try item(set, "youtube/c23/frames/000").split == .training)
    #expect(try item(set, "000_003").split == .training)
    #expect(try item(set, "id0_id2").split == .test)
    #expect(try item(set, "id1_0000").split == .training)
    // Its identity is in the test split.
    #expect(try item(set, "Celeb-real/frames/id0_0000").split == nil)
    let odd = try item(set, "9_fake")
    #expect(odd.label == .fake && odd.method == "odd" && odd.identities == ["9"])
    #expect(set.skipped == [SkippedFile("Celeb-DF-v2/CelebDFv2_real/id7_0000", .missing)])
    #expect(try set.divided(.usual, seed: 1).left.map(\.path).count == 1)
  }

  @Test func oneOfItsDatasetsAloneOpensToo() throws {
    try make(bench)
    let set = try PublicSet(reading: folder.path("datasets/rgb/Celeb-DF-v2"))
    #expect(set.layout == .celebDF && set.items.map(\.frames.count) == [1, 1, 1])
  }

  // MARK: All

  @Test func aLayoutMayBeDeeper() throws {
    try make(["archive/Dataset/real/a.mp4", "archive/Dataset/fake/b.mp4"])
    let set = try PublicSet(reading: folder.path)
    #expect(set.path == folder.path("archive/Dataset") && set.items.count == 2)
  }

  @Test func linkedPartsOpenAndLoopsAreNamed() throws {
    try make(["disk/o/000.mp4", "disk/m/000_003.mp4", "set/x.txt"])
    for (name, target) in [
      ("set/original_sequences/youtube/c23/videos", "disk/o"),
      ("set/manipulated_sequences/Deepfakes/c23/videos", "disk/m"), ("disk/m/all", "set"),
    ] {
      let path = folder.path(name)
      try FileManager.default.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(
        atPath: path, withDestinationPath: folder.path(target))
    }
    let set = try PublicSet(reading: folder.path("set"))
    #expect(set.layout == .faceForensics && set.items.count == 2)
    #expect(
      set.skipped == [
        SkippedFile("manipulated_sequences/Deepfakes/c23/videos/all", .loop)
      ])
  }

  @Test func oneClassAloneIsRefusedWithWhatIsThere() throws {
    try make(["original_sequences/youtube/c23/videos/000.mp4"])
    let error = FacesError.oneClassLayout(
      path: folder.path, layout: .faceForensics, label: .real, count: 1)
    #expect(throws: error) { try PublicSet(reading: folder.path) }
    #expect(
      FacesError.oneClassLayout(path: "set", layout: .df40, label: .fake, count: 7).description
        == "'set' has only fake files where DF40 has them, 7 of them; a dataset needs real and fake "
        + "ones. Download the others, or give the folder around both.")
  }

  @Test func whatTheLayoutDoesNotNameIsCounted() throws {
    try make([
      "Celeb-real/id0_0000.mp4", "Celeb-synthesis/id0_id1_0000.mp4", "Celeb-real/holiday.mp4",
      "Celeb-real/id2_0000.mp4.crdownload", "extra/1.jpg", "notes.txt",
    ])
    let set = try PublicSet(reading: folder.path)
    #expect(
      set.skipped == [
        SkippedFile("Celeb-real/holiday.mp4", .unnamed),
        SkippedFile("Celeb-real/id2_0000.mp4.crdownload", .unfinished),
        SkippedFile("extra/1.jpg", .unnamed),
      ])
  }

  private func item(_ set: PublicSet, _ part: String) throws -> PublicItem {
    try #require(set.items.first { $0.path.contains(part) }, "\(part) in \(set.items.map(\.path))")
  }

  private func make(_ paths: [String]) throws {
    for path in paths { try folder.write([1], as: path) }
  }
}
