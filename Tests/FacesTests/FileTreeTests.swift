import Foundation
import TestSupport
import Testing

@testable import Faces

@Suite struct FileTreeTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func linksToFoldersAndFilesAreFollowed() throws {
    try folder.write([1], as: "disk/real/a.mp4")
    try folder.write([1], as: "disk/b.mp4")
    try link("set/real", to: "disk/real")
    try link("set/fake/b.mp4", to: "disk/b.mp4")
    try link("again", to: "set")
    for name in ["set", "again"] {
      let tree = try FileTree(of: folder.path(name))
      #expect(tree.files == ["fake/b.mp4", "real/a.mp4"])
      #expect(tree.loops.isEmpty && tree.broken.isEmpty && tree.unreadable.isEmpty)
    }
  }

  @Test func aLoopIsNamedAndNotEntered() throws {
    try folder.write([1], as: "set/real/a.mp4")
    try link("set/real/all", to: "set")
    try link("set/real/own", to: "set/real")
    try link("set/twin", to: "set/real")
    let tree = try FileTree(of: folder.path("set"))
    #expect(tree.files == ["real/a.mp4", "twin/a.mp4"])
    #expect(tree.loops == ["real/all", "real/own", "twin/all", "twin/own"])
  }

  @Test func linksToNothingAreNamed() throws {
    try folder.write([1], as: "a.jpg")
    try link("b.jpg", to: "nowhere.jpg")
    let tree = try FileTree(of: folder.path)
    #expect(tree.files == ["a.jpg"] && tree.broken == ["b.jpg"])
  }

  @Test func partsAreFoundByName() throws {
    for path in ["a b/1.jpg", "a/1.jpg", "a/c/2.jpg", "a/c/3.jpg", "ab/4.jpg", ".git/x.jpg"] {
      try folder.write([1], as: path)
    }
    let tree = try FileTree(of: folder.path)
    #expect(tree.folders() == ["a", "a b", "ab"] && tree.folders(in: "a") == ["c"])
    #expect(Array(tree.files(in: "a")) == ["a/1.jpg", "a/c/2.jpg", "a/c/3.jpg"])
    #expect(
      tree.holds("a/c") && tree.holds("a/c/2.jpg") && !tree.holds("a/c/2") && !tree.holds("b"))
  }

  @Test func aFolderOfPicturesMayBeALink() throws {
    try folder.fill(16)
    try link("face", to: "")
    #expect(try FaceFolder(at: folder.path("face")).pictures.count == 16)
  }

  @Test func tooManyFilesAreRefused() throws {
    for name in ["1.jpg", "2.jpg", "3.jpg"] { try folder.write([1], as: name) }
    #expect(
      throws: FacesError.unknownLayout(path: folder.path, reason: "it has more than 2 files")
    ) { try FileTree(of: folder.path, most: 2) }
  }

  private func link(_ name: String, to target: String) throws {
    let path = folder.path(name)
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: path, withDestinationPath: target.isEmpty ? folder.path : folder.path(target))
  }
}
