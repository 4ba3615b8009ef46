import Engine
import Faces
import Foundation
import Media
import Synthesis
import TestSupport
import Testing

@testable import Records
@testable import Workflows

/// Whatever is made in shards equals what one process makes.
@Suite struct MergeRunTests {
  private let shop: AugmentWorkshop

  init() throws { shop = try AugmentWorkshop() }

  /// Joins `Datasets/NAME-…-of-N`, given in the opposite order.
  @discardableResult private func merge(_ name: String, _ count: Int) throws -> MergeOutcome {
    let shards = (1...count).reversed().map { shop.set("\(name)-\($0)-of-\(count)") }
    return try MergeRun.make(MergeRequest(shards, out: shop.set(name)))
  }

  /// Checks what `make` makes as a whole and in shards, which it is given.
  private func check(
    _ name: String, _ count: Int, _ make: (Shard?) throws -> Void
  ) throws -> [String: Data] {
    try make(nil)
    let whole = try shop.contents(name)
    try FileManager.default.removeItem(atPath: shop.set(name))
    for number in 1...count { try make(#require(Shard("\(number)/\(count)"))) }
    let before = try (1...count).map { try shop.contents("\(name)-\($0)-of-\(count)") }
    let outcome = try merge(name, count)
    #expect(outcome.isFinished)
    let merged = try shop.contents(name)
    #expect(Set(merged.keys) == Set(whole.keys))
    for (file, bytes) in whole { #expect(merged[file] == bytes, "\(file)") }
    for number in 1...count {
      let after = try shop.contents("\(name)-\(number)-of-\(count)")
      #expect(after == before[number - 1])
    }
    return whole
  }

  @Test func anAugmentationOfPictures() throws {
    try shop.people(4)
    var request = shop.request(40)
    request.isAudited = true
    let whole = try check("augmented", 3) { shard in
      request.shard = shard
      _ = try AugmentRun.make(request)
    }
    #expect(whole["audit.json"] != nil && whole["sheet.png"] != nil && whole["augment.json"] != nil)
    // The same command resumes it, and finds nothing to do.
    request.shard = nil
    let again = try AugmentRun.make(request)
    #expect(again.picturesPerSecond == nil && again.made == 40)
    // More samples are added as to any dataset.
    request.count = 44
    let more = try AugmentRun.make(request)
    #expect(more.made == 44)
  }

  @Test func anAugmentationOfClips() throws {
    try shop.sequences(6, frames: 32)
    var request = shop.request(10)
    (request.isClips, request.frames) = (true, 16)
    _ = try check("augmented", 2) { shard in
      request.shard = shard
      _ = try AugmentRun.make(request)
    }
  }

  @Test func moreShardsThanSamples() throws {
    try shop.people(4)
    var request = shop.request(4)
    request.shares = try #require(SplitRatios("100/0/0"))
    _ = try check("augmented", 6) { shard in
      request.shard = shard
      _ = try AugmentRun.make(request)
    }
  }

  @Test func anInterruptedShardIsResumed() throws {
    try shop.people(4)
    var request = shop.request(300)
    _ = try check("augmented", 2) { shard in
      request.shard = shard
      let interruption = Interruption()
      _ = try AugmentRun.make(request, interruption: interruption) { event in
        if case .made = event { interruption.press() }
      }
      if shard != nil {
        #expect(throws: WorkflowError.self) { try merge("augmented", 2) }
      }
      _ = try AugmentRun.make(request)
    }
  }

  @Test func anImport() throws {
    let data = shop.folder.path("data")
    for person in 0..<3 {
      try portrait(person, at: "\(data)/real/r\(person)/1.png")
      try portrait(person, at: "\(data)/fake/f\(person)/1.png")
    }
    try wall(at: "\(data)/fake/wall.png")
    try WholeFile.write([0x89, 0x50], to: "\(data)/real/half.png")
    try WholeFile.write([1], to: "\(data)/real/d.mp4.part")
    var request = ImportRequest(folder: data, name: "imported")
    request.workspace = shop.workspace.path
    request.shares = try #require(SplitRatios("0/0/100"))
    let whole = try check("imported", 3) { shard in
      request.shard = shard
      let outcome = try ImportRun.make(request)
      #expect(outcome.isFinished)
    }
    #expect(whole["skipped.csv"] != nil && whole["pictures/000006.jpg"] != nil)
  }

  @Test func anExtraction() throws {
    let data = shop.folder.path("photos")
    for person in 0..<3 { try portrait(person, at: "\(data)/\(person).png") }
    try wall(at: "\(data)/3.png")
    try WholeFile.write([0xFF, 0xD8, 0xFF, 0xE0], to: "\(data)/9.jpg")
    let video = try TwoPersonVideo(frames: 12, second: 3..<9)
    var request = ExtractRequest(
      inputs: [data, video.clip, "\(data)/0.png", video.clip], out: shop.set("faces"))
    request.hasMasks = true
    let whole = try check("faces", 4) { shard in
      request.shard = shard
      let outcome = try ExtractRun.make(request)
      #expect(outcome.isFinished)
    }
    #expect(whole["masks/000004.png"] != nil && whole["extract.json"] != nil)
    #expect(try SourceSet.all(of: shop.workspace).map(\.name) == ["faces"])
  }

  @Test(arguments: [true, false])
  func anExtractionThatLooksAtAllFacesAtTheEnd(isTracked: Bool) throws {
    let video = try TwoPersonVideo(frames: 10, second: 2..<8)
    var request = ExtractRequest(inputs: [video.clip, video.clip], out: shop.set("faces"))
    (request.isTracked, request.keepsOneFace) = (isTracked, !isTracked)
    _ = try check("faces", 2) { shard in
      request.shard = shard
      _ = try ExtractRun.make(request)
    }
  }

  @Test func theLedgerKnowsWhereTheFilesCameFrom() throws {
    let recorded = try RecordedWorkshop(pictures: 0)
    for number in 1...2 {
      try recorded.augment(8) {
        ($0.shard, $0.shares) = (Shard("\(number)/2"), SplitRatios("100/0/0") ?? .usual)
      }
    }
    let workspace = recorded.workspace
    let shards = (1...2).map { workspace.datasets(of: "augmented-\($0)-of-2") }
    var request = MergeRequest(shards, out: "augmented")
    request.workspace = workspace.path
    try recorded.record { [request] in _ = try MergeRun.make(request) }
    #expect(recorded.warnings.isEmpty)
    func entries(_ folder: String) throws -> [LedgerEntry] {
      let reading = try LedgerReading(of: "\(folder)/ledger.jsonl")
      return try #require(reading).lines.filter { $0.file?.hasSuffix(".jpg") == true }
    }
    let parts = try shards.flatMap(entries)
    let whole = try entries(workspace.datasets(of: "augmented"))
    #expect(whole.count == 8 && whole.map(\.hash) == parts.map(\.hash))
    #expect(whole.map(\.parents) == parts.map(\.parents))
    #expect(whole.allSatisfy { $0.making?.hasPrefix("datasets merge, augment, ") == true })
  }

  private func portrait(_ person: Int, at path: String) throws {
    let scene = SceneSource(
      seed: 3, person: person, kind: .portraits, poses: PoseRange(degrees: 5, 3, 2)
    ).scene(0)
    try write(scene.rendered(side: 256, isClean: false).image, to: path)
  }

  private func wall(at path: String) throws {
    try write(Image(width: 128, height: 128, filled: Color(gray: 90)), to: path)
  }

  private func write(_ image: Image, to path: String) throws {
    try RunFolder.make((path as NSString).deletingLastPathComponent)
    try WholeFile.write(try image.encoded(as: .png, mark: nil), to: path)
  }
}
