import Foundation
import TestSupport
import Testing

@testable import Engine

/// Files that are written whole or not at all.
@Suite struct WholeFileTests {
  private func contents(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test func replacesAFileAndLeavesNothingElse() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("x.txt")
    try WholeFile.write(Array("one".utf8), to: path)
    try WholeFile.write([Array("two ".utf8), Array("three".utf8)], to: path)
    #expect(try contents(path) == "two three")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["x.txt"])
  }

  @Test func aFailureKeepsTheLastFileAndCleansUp() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("x.txt")
    try WholeFile.write(Array("good".utf8), to: path)
    #expect(throws: FileProblem("midway")) {
      try WholeFile.write(to: path) { (file: borrowing OpenFile) throws(FileProblem) in
        try file.write(Array("half".utf8))
        throw FileProblem("midway")
      }
    }
    #expect(try contents(path) == "good")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["x.txt"])
  }

  @Test func theRestOfAKilledRunIsOverwritten() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("x.txt")
    try WholeFile.write(Array("a long piece of a file".utf8), to: folder.path(".x.txt.partial"))
    try WholeFile.write(Array("good".utf8), to: path)
    #expect(try contents(path) == "good")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["x.txt"])
  }

  @Test func aFullDiskIsSaidInWords() throws {
    let full = try OpenFile(writing: "/dev/full")
    var problem: FileProblem?
    do throws(FileProblem) { try full.write([1, 2, 3]) } catch { problem = error }
    #expect(
      problem?.reason == "the disk is full; free space, or use another disk")
  }

  /// A disk that really fills up: `mount -t tmpfs -o size=256k tmpfs /tmp/small`.
  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["DFLAB_SMALL_DISK"] != nil,
      "DFLAB_SMALL_DISK does not name a folder on a disk of less than 1 MB"))
  func aDiskThatFillsUpKeepsTheLastCheckpoint() throws {
    let disk = try #require(ProcessInfo.processInfo.environment["DFLAB_SMALL_DISK"])
    let path = disk + "/latest.safetensors"
    let small = Checkpoint(tensors: [("w", Tensor(shape: [2], values: [1, 2]))])
    try small.write(to: path)
    #expect(
      throws: EngineError.unwritableCheckpoint(
        path: path, reason: "the disk is full; free space, or use another disk")
    ) { try Checkpoint(tensors: [("w", Tensor(zeros: [1 << 18]))]).write(to: path) }
    #expect(try Checkpoint(reading: path).tensor("w").values == [1, 2])
    #expect(try FileManager.default.contentsOfDirectory(atPath: disk) == ["latest.safetensors"])
  }

  @Test func aMissingFolderIsSaidInWords() {
    let path = "/nowhere/x.txt"
    #expect(throws: EngineError.unwritableFile(path: path, reason: "no such folder: '/nowhere'")) {
      try WholeFile.write([1], to: path)
    }
    #expect(
      throws: EngineError.unwritableCheckpoint(path: path, reason: "no such folder: '/nowhere'")
    ) { try Checkpoint(tensors: []).write(to: path) }
  }

  @Test func aFolderInTheWayIsSaidInWords() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path("x/y"), withIntermediateDirectories: true)
    #expect(
      throws: EngineError.unwritableFile(
        path: folder.path("x"), reason: "it is a folder, not a file")
    ) {
      try WholeFile.write([1], to: folder.path("x"))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["x"])
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser may write everywhere"))
  func aForbiddenFolderIsSaidInWords() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder.path)
    #expect(
      throws: EngineError.unwritableFile(
        path: folder.path("x"), reason: "permission denied in the folder '\(folder.path)'")
    ) { try WholeFile.write([1], to: folder.path("x")) }
  }

  @Test func everyErrorNumberHasWords() {
    for (code, words) in [
      (ENOSPC, "the disk is full; free space, or use another disk"),
      (EACCES, "permission denied in the folder '/a'"), (EROFS, "the disk is read-only"),
      (EFBIG, "the file would be too large for the file system"), (EIO, "Input/output error"),
    ] { #expect(FileProblem(code: code, path: "/a/b").reason == words) }
  }
}
