import Foundation
import Media
import TestSupport
import Testing

/// Files that hold no video, or half of one, and what is said of them.
struct VideoRefusalTests {
  private let small = VideoInfo(width: 64, height: 48, frameRate: Rational(25, 1))

  @Test func whatIsNoVideoSaysSo() throws {
    let path = try Clips.place("x.mp4")
    defer { Clips.remove(path) }
    #expect(throws: MediaError.unreadableFile(path: path, reason: "No such file or directory")) {
      try VideoReader(reading: path)
    }
    try Data().write(to: URL(filePath: path))
    #expect(throws: MediaError.emptyFile(name: path)) { try VideoReader(reading: path) }
    try Data("This is a letter, not a video.\n".utf8).write(to: URL(filePath: path))
    #expect(
      throws: MediaError.unreadableVideo(
        name: path, reason: "its index is missing: it was cut off, never finished, or is no video")
    ) { try VideoReader(reading: path) }
    #expect(throws: MediaError.unreadableFile(path: "/tmp", reason: "not a regular file")) {
      try VideoReader(reading: "/tmp")
    }
  }

  @Test func aLetterIsNoVideoWhateverItsName() throws {
    let path = try Clips.place("letter.txt")
    defer { Clips.remove(path) }
    try Data("This is a letter, not a video.\n".utf8).write(to: URL(filePath: path))
    #expect(throws: MediaError.self) { try VideoReader(reading: path) }
  }

  /// A stranger's playlist must not show a video that lies elsewhere on the disk.
  @Test(arguments: ["list.m3u8", "list.mp4"])
  func aPlaylistOpensNoOtherFile(name: String) throws {
    let clip = try Clips.place("secret.mp4")
    defer { Clips.remove(clip) }
    try Clips.write(clip, frames: 30, of: small)
    #expect(try VideoReader(reading: clip).next() != nil)
    let list = try Clips.place(name)
    defer { Clips.remove(list) }
    let text = "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:1.2,\n\(clip)\n#EXT-X-ENDLIST\n"
    try Data(text.utf8).write(to: URL(filePath: list))
    #expect(throws: MediaError.self) { try VideoReader(reading: list) }
  }

  @Test func aPictureIsNoVideo() throws {
    #expect(throws: MediaError.self) { try VideoReader(reading: Pictures.path("rgb.png")) }
    #expect(throws: MediaError.self) { try VideoReader(reading: Pictures.path("ycbcr.jpg")) }
  }

  @Test func aFileWithoutItsIndexSaysThatItWasCut() throws {
    let path = try Clips.place("clip.mp4")
    defer { Clips.remove(path) }
    try Clips.write(path, of: small)
    var bytes = try Data(contentsOf: URL(filePath: path))
    let index = try #require(bytes.firstRange(of: Data("moov".utf8)))
    bytes.replaceSubrange(index, with: Data("lost".utf8))
    try bytes.write(to: URL(filePath: path))
    #expect(
      throws: MediaError.unreadableVideo(
        name: path, reason: "its index is missing: it was cut off, never finished, or is no video")
    ) { try VideoReader(reading: path) }
  }

  @Test(arguments: ["clip.mp4", "clip.mkv"])
  func aFileThatWasCutGivesWhatItHas(name: String) throws {
    let path = try Clips.place(name)
    defer { Clips.remove(path) }
    try Clips.write(path, frames: 100, of: small)
    let bytes = try Data(contentsOf: URL(filePath: path))
    try bytes.prefix(bytes.count / 2).write(to: URL(filePath: path))
    let reader = try VideoReader(reading: path)
    var count = 0
    let error = #expect(throws: MediaError.self) {
      while let frame = try reader.next() {
        count += 1
        #expect(frame.number == count - 1)
      }
    }
    #expect(count > 20 && count < 90)
    #expect(error == .truncatedVideo(name: path, frames: count))
  }

  @Test func aFileThatWasCutBeforeItsFirstFrameIsNoVideo() throws {
    let path = try Clips.place("clip.mp4")
    defer { Clips.remove(path) }
    try Clips.write(path, of: small)
    let bytes = try Data(contentsOf: URL(filePath: path))
    let frames = try #require(bytes.firstRange(of: Data("mdat".utf8)))
    try bytes.prefix(frames.upperBound).write(to: URL(filePath: path))
    let reason = "no frame can be decoded"
    #expect(throws: MediaError.unreadableVideo(name: path, reason: reason)) {
      try VideoReader(reading: path).next()
    }
  }

  @Test func soundAloneIsNoVideo() throws {
    let path = try Clips.place("sound.wav")
    defer { Clips.remove(path) }
    // A second of silence: 8000 samples of 16 bits.
    var bytes = Data("RIFF".utf8) + Data([0xA4, 0x3E, 0, 0]) + Data("WAVEfmt ".utf8)
    bytes += Data([16, 0, 0, 0, 1, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x80, 0x3E, 0, 0, 2, 0, 16, 0])
    bytes += Data("data".utf8) + Data([0x80, 0x3E, 0, 0]) + Data(count: 16_000)
    try bytes.write(to: URL(filePath: path))
    let error = MediaError.noVideo(name: path, hasSound: true)
    #expect(throws: error) { try VideoReader(reading: path) }
    #expect(error.description == "'\(path)' contains audio but no video stream. Give a video file.")
  }

  @Test(arguments: [(60_000, 2), (16_000, 9000)])
  func whatIsTooLargeIsNotDecoded(width: Int, height: Int) throws {
    // The size is said in the header; no picture needs to follow.
    let path = try Clips.place("large.y4m")
    defer { Clips.remove(path) }
    let header = "YUV4MPEG2 W\(width) H\(height) F25:1 Ip A1:1 C420jpeg\nFRAME\n"
    try (Data(header.utf8) + Data(count: 4096)).write(to: URL(filePath: path))
    #expect(throws: MediaError.videoTooLarge(name: path, width: width, height: height)) {
      try VideoReader(reading: path)
    }
  }

  @Test(arguments: ["clip.avi", "clip", "clip.jpg", "clip.wav"])
  func containersWithoutTimesAreRefused(name: String) throws {
    let path = try Clips.place(name)
    defer { Clips.remove(path) }
    #expect(
      throws: MediaError.unwritableVideo(
        path: path, reason: "its name must end with .mp4, .mov, .m4v or .mkv")
    ) { try VideoWriter(path: path, encoding: VideoEncoding(), of: small, mark: nil) }
  }

  @Test func ffv1InMP4IsRefusedWithAWayOut() throws {
    let path = try Clips.place("clip.mp4")
    defer { Clips.remove(path) }
    var encoding = VideoEncoding()
    encoding.codec = .ffv1
    #expect(
      throws: MediaError.unwritableVideo(
        path: path, reason: "its kind of file (mp4) cannot hold 'ffv1'; take a name in .mkv")
    ) { try VideoWriter(path: path, encoding: encoding, of: small, mark: nil) }
  }

  @Test func whatH264CannotKeepExactlyIsRefused() throws {
    let path = try Clips.place("clip.mp4")
    defer { Clips.remove(path) }
    let info = VideoInfo(width: 51, height: 37, frameRate: Rational(25, 1))
    #expect(throws: MediaError.self) {
      try Clips.write(path, frames: 1, of: info, lossless: true)
    }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test(arguments: ["clip.mp4.segment.part", "clip.mp4.part"])
  func aFullDiskIsSaidAndNoHalfFileIsLeft(file: String) throws {
    let path = try Clips.place("clip.mp4")
    defer { Clips.remove(path) }
    let folder = URL(filePath: path).deletingLastPathComponent()
    try FileManager.default.createSymbolicLink(
      atPath: folder.appending(path: file).path(percentEncoded: false),
      withDestinationPath: "/dev/full")
    #expect(
      throws: MediaError.unwritableVideo(
        path: path, reason: "the disk is full; make room, or name a file on another disk")
    ) { try Clips.write(path, frames: 2, of: small) }
    #expect(
      try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        .isEmpty)
  }

  @Test func aFolderThatIsNotThereIsNamed() throws {
    #expect(
      throws: MediaError.unwritableVideo(
        path: "/no/x.mp4", reason: "No such file or directory")
    ) { try Clips.write("/no/x.mp4", frames: 1, of: small) }
  }
}
