import Foundation
import Media
import TestSupport
import Testing

@testable import Faces

@Suite struct FaceFolderRefusalTests {
  @Test func missingFolderIsNamed() {
    #expect(throws: FacesError.missingFolder(path: "/no/such")) {
      _ = try FaceFolder(at: "/no/such")
    }
    #expect(throws: FacesError.missingFolder(path: "")) { _ = try FaceFolder(at: "") }
  }

  @Test func aFileIsNoFolder() throws {
    let folder = try TemporaryFolder()
    try folder.write([1], as: "file")
    #expect(throws: FacesError.notAFolder(path: folder.path + "/file")) {
      _ = try FaceFolder(at: folder.path + "/file")
    }
  }

  @Test(.enabled(if: geteuid() != 0, "the administrator may enter any folder"))
  func aFolderThatMustNotBeEnteredIsNotCalledAFile() throws {
    let folder = try TemporaryFolder()
    let files = FileManager.default
    try files.setAttributes([.posixPermissions: 0], ofItemAtPath: folder.path)
    defer { try? files.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.path) }
    #expect(
      throws: FacesError.unreadableFolder(path: folder.path, reason: "permission denied")
    ) { _ = try FaceFolder(at: folder.path) }
  }

  @Test func commandsToATerminalInANameAreNotPassedOn() {
    let skipped = SkippedPicture(name: "a\u{1B}[2J\nü.jpg", reason: "is empty")
    #expect("\(skipped)" == "'a?[2J?ü.jpg' is empty")
  }

  @Test func emptyFolderSaysWhatIsRead() throws {
    let folder = try TemporaryFolder()
    try folder.write(Array("text".utf8), as: "notes.txt")
    #expect(throws: FacesError.noPictures(path: folder.path)) {
      _ = try FaceFolder(at: folder.path)
    }
    #expect(
      "\(FacesError.noPictures(path: "x"))"
        == "No pictures in 'x'. JPEG, PNG, WebP, HEIC, AVIF, TIFF, BMP, GIF and JPEG 2000 files are "
        + "read; subfolders are not.")
  }

  @Test func fifteenPicturesAreTooFew() throws {
    let folder = try TemporaryFolder()
    try folder.fill(15)
    #expect(
      throws: FacesError.tooFewPictures(path: folder.path, usable: 15, skipped: 0, reasons: [])
    ) {
      _ = try FaceFolder(at: folder.path)
    }
    #expect(
      "\(FacesError.tooFewPictures(path: "x", usable: 15, skipped: 0, reasons: []))"
        == "Too few usable pictures in 'x': 15, but at least 16 are required. "
        + "Add pictures of this identity.")
  }

  @Test func tooFewPicturesSayWhyOthersWereSkipped() throws {
    let folder = try TemporaryFolder()
    try folder.fill(2)
    for name in ["a.jpg", "b.jpg", "c.jpg", "d.jpg"] { try folder.write([0, 1, 2], as: name) }
    let reasons = ["a", "b", "c"].map { "'\($0).jpg' is not a picture of a supported format" }
    let error = FacesError.tooFewPictures(
      path: folder.path, usable: 2, skipped: 4, reasons: reasons)
    #expect(throws: error) { _ = try FaceFolder(at: folder.path) }
    #expect(
      "\(error)"
        == "Too few usable pictures in '\(folder.path)': 2, but at least 16 are required "
        + "(4 skipped: \(reasons.joined(separator: "; ")); …). Add pictures of this identity.")
  }

  @Test func oneFolderUnderTwoNamesIsRefused() throws {
    let folder = try TemporaryFolder()
    let a = folder.path + "/a"
    let files = FileManager.default
    try files.createDirectory(atPath: a, withIntermediateDirectories: false)
    try files.createDirectory(atPath: folder.path + "/b", withIntermediateDirectories: false)
    try files.createSymbolicLink(atPath: folder.path + "/link", withDestinationPath: a)
    for other in [a, a + "/", folder.path + "/b/../a", folder.path + "/link"] {
      #expect(throws: FacesError.sameFolder(path: a, other: other)) {
        try FaceFolder.requireDifferent(a, other)
      }
    }
    try FaceFolder.requireDifferent(a, folder.path + "/b")
    try FaceFolder.requireDifferent(a, folder.path)
    try FaceFolder.requireDifferent("/no/such", "/no/such")
  }
}
