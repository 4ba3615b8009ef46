import Engine
import Faces
import Foundation
import TestSupport
import Testing

@testable import Records
@testable import Workflows

/// Shards that do not make a whole are refused in one sentence, and nothing is written.
@Suite struct MergeRefusalTests {
  private let shop: AugmentWorkshop

  init() throws {
    shop = try AugmentWorkshop()
    try shop.people(4)
  }

  private func make(
    _ shard: String?, name: String = "set", _ change: (inout AugmentRequest) -> Void = { _ in }
  ) throws {
    var request = shop.request(12)
    (request.name, request.shard) = (name, shard.flatMap(Shard.init))
    request.shares = try #require(SplitRatios("100/0/0"))
    change(&request)
    _ = try AugmentRun.make(request)
  }

  private func refusal(_ names: String...) -> String {
    do {
      _ = try MergeRun.make(MergeRequest(names.map(shop.set), out: shop.set("set")))
      return "not refused"
    } catch {
      #expect((try? RunFolder.names(in: shop.set("set"))) == [])
      return "\(error)".replacing(shop.set(""), with: "")
    }
  }

  @Test func aMissingShard() throws {
    try make("1/2")
    #expect(
      refusal("set-1-of-2")
        == "The shards cannot be merged: shard 2/2 is missing; give it, too.")
    try make("2/8")
    #expect(
      refusal("set-2-of-8")
        == "The shards cannot be merged: 7 shards are missing, such as 1/8, 3/8, "
        + "4/8, 5/8, 6/8; give them, too.")
  }

  @Test func aDoubleShard() throws {
    try make("1/2")
    #expect(
      refusal("set-1-of-2", "set-1-of-2")
        == "The shards cannot be merged: 'set-1-of-2' is given twice; give it once.")
    try make("1/2", name: "copy")
    #expect(
      refusal("set-1-of-2", "copy-1-of-2")
        == "The shards cannot be merged: 'copy-1-of-2' and 'set-1-of-2' are both shard 1/2; give one "
        + "of them.")
  }

  @Test func differentSeedsAndSettings() throws {
    try make("1/2")
    try make("2/2") { $0.seed = 2 }
    #expect(
      refusal("set-1-of-2", "set-2-of-2")
        == "The shards cannot be merged: 'set-2-of-2' was made with "
        + "--seed 2, but 'set-1-of-2' with --seed 1; make them alike.")
    try make("1/3")
    #expect(
      refusal("set-1-of-2", "set-1-of-3")
        == "The shards cannot be merged: 'set-1-of-3' was made as one "
        + "of 3 shards, but 'set-1-of-2' as one of 2 shards; make them alike.")
  }

  @Test func differentDataAndPrograms() throws {
    try make("1/2")
    try shop.people(1, in: "more", seed: 9)
    try make("2/2")
    #expect(
      refusal("set-1-of-2", "set-2-of-2")
        == "The shards cannot be merged: 'set-2-of-2' was made from "
        + "other data than 'set-1-of-2'; make them alike.")
    let path = shop.set("set-2-of-2/shard.json")
    let record = try String(contentsOfFile: path, encoding: .utf8)
    try record.replacing(Program.name, with: "dflab 0.0").write(
      toFile: path, atomically: true, encoding: .utf8)
    #expect(
      refusal("set-1-of-2", "set-2-of-2")
        == "The shards cannot be merged: 'set-2-of-2' was made by "
        + "dflab 0.0, but 'set-1-of-2' by \(Program.name); make them alike.")
  }

  @Test func otherFoldersAndUnfinishedShards() throws {
    #expect(
      refusal("people") == "The shards cannot be merged: 'people' is not a shard; make shards with "
        + "--shard.")
    try make("1/2")
    try make("2/2")
    var record = try #require(try ShardRecord.read(in: shop.set("set-2-of-2")))
    try record.write(in: shop.set("set-2-of-2"), isFinished: false)
    #expect(
      refusal("set-1-of-2", "set-2-of-2")
        == "The shards cannot be merged: 'set-2-of-2' is unfinished; "
        + "rerun its command to resume it.")
    try WholeFile.write(Array("{}".utf8), to: shop.set("set-2-of-2/shard.json"))
    #expect(refusal("set-1-of-2", "set-2-of-2").contains("shard.json': not the record of a shard."))
  }

  @Test func modifiedAndMissingFiles() throws {
    try make("1/2")
    try make("2/2")
    let path = shop.set("set-2-of-2/pictures/000009.jpg")
    let bytes = try #require(FileManager.default.contents(atPath: path))
    try WholeFile.write([UInt8](bytes) + [0], to: path)
    let request = MergeRequest(
      [shop.set("set-1-of-2"), shop.set("set-2-of-2")], out: shop.set("set"))
    func error() -> String {
      do {
        return "\(try MergeRun.make(request))"
      } catch {
        return "\(error)"
      }
    }
    #expect(
      error()
        == "The shards cannot be merged: '\(path)' was modified; restore it, or remove the shard "
        + "and make it again.")
    try FileManager.default.removeItem(atPath: path)
    #expect(error().contains("'\(path)' is missing; restore it"))
    // What was begun is begun again, and only once it is whole it stays.
    try WholeFile.write([UInt8](bytes), to: path)
    let merged = try MergeRun.make(request)
    #expect(merged.samples == 12)
    #expect(
      error() == "'\(shop.set("set"))' already contains files, such as 'augment.json'. Use another "
        + "--out.")
  }

  @Test func aFolderIsResumedOnlyAsWhatItIs() throws {
    try make("1/2")
    func refused(_ reason: String, _ body: () throws -> Void) {
      #expect(throws: WorkflowError.setInTheWay(path: shop.set("set-1-of-2"), reason: reason)) {
        try body()
      }
    }
    refused("it is a shard") { try make(nil, name: "set-1-of-2") }
    refused("it was made with --count 12, but this run with --count 16") {
      try make("1/2") { $0.count = 16 }
    }
    try FileManager.default.removeItem(atPath: shop.set("set-1-of-2/shard.json"))
    refused("it is not a shard") { try make("1/2") }
  }

  @Test func aShardIsNotTheNewestDataset() throws {
    try make(nil)
    try make("1/2")
    let path = try LabeledDataset.path(of: nil, workspace: shop.workspace.path)
    #expect(path == shop.set("set"))
  }
}
