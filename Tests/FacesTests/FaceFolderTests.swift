import Foundation
import Media
import TestSupport
import Testing

@testable import Faces

@Suite struct FaceFolderTests {
  @Test func picturesComeInTheOrderOfTheirBytes() throws {
    let folder = try TemporaryFolder()
    let names = ["ß.png", "b c.png", "a\nb.png", "B.PNG", "Z.png", "_.png", "10.png", "9.png"]
    for name in names { try folder.write(.noise(width: 40, height: 40), as: name) }
    try folder.fill(10)
    let faces = try FaceFolder(at: folder.path)
    // >>> sorted(names + [f"face_{i:02}.png" for i in range(10)])
    var sorted = ["10.png", "9.png", "B.PNG", "Z.png", "_.png", "a\nb.png", "b c.png"]
    for index in 0..<10 { sorted.append("face_0\(index).png") }
    sorted.append("ß.png")
    #expect(faces.pictures.map(\.name) == sorted)
    #expect(faces.pictures[6].path == folder.path + "/b c.png")
    #expect(faces.skipped.isEmpty && faces.notes.isEmpty)
  }

  @Test func everyPictureIs256PixelsWide() throws {
    let folder = try TemporaryFolder()
    try folder.fill(16)
    let wide = Image.noise(width: 340, height: 301)
    try folder.write(wide, as: "wide.png")
    let faces = try FaceFolder(at: folder.path)
    #expect(faces.pictures.allSatisfy { $0.image.width == 256 && $0.image.height == 256 })
    let square = wide.cropped(x: 19, y: 0, width: 301, height: 301)
    #expect(
      faces.pictures.last?.image == square.resized(width: 256, height: 256, filter: .area))
    #expect(
      faces.pictures[0].image
        == Image.noise(width: 40, height: 40).resized(width: 256, height: 256, filter: .lanczos))
  }

  @Test func unusablePicturesAreNamedWithTheReason() throws {
    let folder = try TemporaryFolder()
    try folder.fill(16)
    let png = try Image.noise(width: 40, height: 40).encoded(as: .png, mark: nil)
    try folder.write(Array("not a picture".utf8), as: "a.jpg")
    try folder.write(Array(png.prefix(png.count / 2)), as: "b.png")
    try folder.write([], as: "c.jpeg")
    try folder.write(.noise(width: 1, height: 1), as: "d 1x1.png")
    try folder.write(.noise(width: 500, height: 31), as: "d.png")
    try folder.write(Array("GIF89a......".utf8), as: "e.gif")
    try folder.write(Array("{}".utf8), as: "faces.json")
    try folder.write(png, as: ".hidden.png")
    try FileManager.default.createDirectory(
      atPath: folder.path + "/f.png", withIntermediateDirectories: false)
    let faces = try FaceFolder(at: folder.path)
    #expect(faces.pictures.count == 16)
    #expect(
      faces.skipped.map(\.description) == [
        "'a.jpg' is not a picture of a supported format",
        "'b.png' is truncated",
        "'c.jpeg' is empty",
        "'d 1x1.png' is too small: 1x1 pixels; the minimum is 32x32",
        "'d.png' is too small: 500x31 pixels; the minimum is 32x32",
        "'e.gif' is truncated",
        "'f.png' cannot be read: not a regular file",
      ])
  }

  @Test func aJPEGUnderAnyPicturesNameIsRead() throws {
    let folder = try TemporaryFolder()
    try folder.fill(15)
    let jpeg = try Image.smooth(side: 64).encoded(as: .jpeg(quality: 95), mark: nil)
    try folder.write(jpeg, as: "x.webp")
    #expect(try FaceFolder(at: folder.path).pictures.last?.name == "x.webp")
  }

  // >>> [int(round(n * 0.85)) for n in (16, 17, 30, 50, 70, 90, 110, 390, 593)]
  @Test(
    arguments: zip(
      [16, 17, 30, 50, 70, 90, 110, 390, 593], [14, 14, 26, 42, 60, 76, 94, 332, 504]))
  func cutIsPythons(count: Int, cut: Int) {
    #expect(FaceFolder.cut(count, holdout: 0.15) == cut)
  }

  @Test func bothPartsHaveAtLeastOne() throws {
    #expect(FaceFolder.cut(16, holdout: 0) == 15)
    #expect(FaceFolder.cut(16, holdout: 1) == 1)
    let folder = try TemporaryFolder()
    try folder.fill(20)
    let faces = try FaceFolder(at: folder.path, holdout: 0.25)
    #expect(faces.training == 0..<15)
    #expect(faces.heldOut == 15..<20)
    #expect(faces.heldOutImages == faces.pictures[15...].map(\.image))
    #expect(faces.trainingImages.count == 15)
  }

  @Test func moreThanFitAreThinnedOutAndSaidSo() throws {
    #expect(FaceFolder.most == 16_384)
    let folder = try TemporaryFolder()
    try folder.fill(33)
    let faces = try FaceFolder(at: folder.path, holdout: 0.15, most: 16)
    #expect(faces.pictures.map(\.image.width) == [Int](repeating: 256, count: 16))
    let names = faces.pictures[0...3].map(\.name)
    #expect(names == ["face_00.png", "face_02.png", "face_04.png", "face_06.png"])
    #expect(
      faces.notes == [
        "Using 16 of the 33 pictures in '\(folder.path)', evenly spaced, the maximum held in "
          + "memory."
      ])
  }

  @Test func aManifestSaysWhichPicturesAreInTheSet() throws {
    let folder = try TemporaryFolder()
    try folder.fill(20)
    let plain = try FaceFolder(at: folder.path)
    #expect(plain.pictures.allSatisfy { $0.line == nil })
    let names = (3..<20).map { "face_\($0 < 10 ? "0" : "")\($0).png" } + ["gone.png"]
    try FaceSet.write(names.reversed().map { FaceEntry.full($0) }, to: folder.path)
    let faces = try FaceFolder(at: folder.path)
    #expect(faces.pictures.map(\.name) == Array(names[..<17]))
    #expect(faces.pictures.map(\.line) == names[..<17].map { FaceEntry.full($0) })
    #expect(faces.pictures.map(\.image) == plain.pictures[3...].map(\.image))
    #expect(faces.skipped.map(\.description) == ["'gone.png' is not in the folder"])
    #expect(
      faces.notes == [
        "Ignoring 3 pictures in '\(folder.path)' not listed in 'faces.jsonl'."
      ])
  }

  @Test func aContactSheetIsNeverAFace() throws {
    let folder = try TemporaryFolder()
    try folder.fill(20)
    let names = try FaceListing(of: folder.path).names
    try folder.write(.noise(width: 600, height: 300), as: FaceSet.sheetName)
    #expect(try FaceListing(of: folder.path).names == names)
    try FaceSet.write(names.map { FaceEntry.full($0) }, to: folder.path)
    let faces = try FaceFolder(at: folder.path)
    #expect(faces.pictures.count == 20 && faces.notes == [])
  }
}
