import Foundation
import Media
import Testing

/// Files that hold no picture, and the exact error that each gets.
struct RefusalTests {
  @Test(arguments: [
    ("text.jpg", MediaError.notAPicture(name: "text.jpg", isVideo: false)),
    ("gif.jpg", .truncated(name: "gif.jpg")),
    ("empty.png", .emptyFile(name: "empty.png")),
    ("truncated.png", .truncated(name: "truncated.png")),
    ("no-end.png", .truncated(name: "no-end.png")),
    ("truncated.jpg", .truncated(name: "truncated.jpg")),
    ("header-only.jpg", .truncated(name: "header-only.jpg")),
    ("huge.png", .tooLarge(name: "huge.png", width: 100_000, height: 100_000)),
    (
      "hundred-megapixels.png",
      .tooLarge(name: "hundred-megapixels.png", width: 10_000, height: 10_000)
    ),
    ("too-wide.png", .tooLarge(name: "too-wide.png", width: 65_501, height: 1)),
    ("huge.jpg", .tooLarge(name: "huge.jpg", width: 65_500, height: 65_500)),
    ("huge.bmp", .tooLarge(name: "huge.bmp", width: 10_000, height: 10_000)),
    ("bad-checksum.png", .damaged(name: "bad-checksum.png", reason: "IDAT: CRC error")),
  ])
  func badFilesAreRefusedByTheirFault(name: String, error: MediaError) throws {
    let bytes = try Pictures.bytes(name)
    #expect(throws: error) { try Image(decoding: bytes, name: name) }
  }

  @Test(arguments: [
    "rgb.png", "rgba-interlaced.png", "ycbcr.jpg", "progressive.jpg", "lossy.webp", "lossless.webp",
    "clear.webp", "animated.webp", "rgb.bmp", "runs.bmp", "raw.tiff", "lzw.tiff", "rgb16.tiff",
    "palette.gif", "interlaced.gif", "rgb.jp2", "rgb.j2k", "lossy.heic", "clear.avif",
  ])
  func aFileCutAnywhereIsRefused(name: String) throws {
    let bytes = try Pictures.bytes(name)
    // JPEG's end marker is two bytes; a file that lacks them lacks no pixel, but is cut.
    for length in 0..<bytes.count {
      #expect(throws: MediaError.self, "\(length) of \(bytes.count) bytes") {
        try Image(decoding: Array(bytes.prefix(length)), name: name)
      }
    }
  }

  @Test func missingFilesAndFoldersSayWhy() throws {
    #expect(
      throws: MediaError.unreadableFile(path: "/no/x.png", reason: "No such file or directory")
    ) { try Image(reading: "/no/x.png") }
    #expect(throws: MediaError.unreadableFile(path: "/tmp", reason: "not a regular file")) {
      try Image(reading: "/tmp")
    }
    #expect(throws: MediaError.unreadableFile(path: "/dev/zero", reason: "not a regular file")) {
      try Image(reading: "/dev/zero")
    }
  }

  @Test func hundredMegapixelsAreRefusedInWords() {
    let error = MediaError.tooLarge(name: "faces/x.png", width: 10_000, height: 10_000)
    #expect(
      error.description
        == "'faces/x.png' is too large: 10000x10000 pixels; the maximum is 64 megapixels and 65500 "
        + "pixels per side. Downscale it.")
  }

  @Test(arguments: [
    MediaError.unreadableFile(path: "x.png", reason: "r"), .emptyFile(name: "x.png"),
    .notAPicture(name: "x.png", isVideo: false), .notAPicture(name: "x.png", isVideo: true),
    .unsupported(name: "x.png", reason: "r"), .truncated(name: "x.png"),
    .damaged(name: "x.png", reason: "r"),
    .tooLarge(name: "x.png", width: 1, height: 2),
  ])
  func everyMessageNamesTheFileAndAWayOut(error: MediaError) {
    #expect(error.description.prefixMatch(of: /(Cannot read )?'x.png'[: ]/) != nil)
    #expect(error.description.hasSuffix("."))
    #expect(error.description.contains(". "))
  }
}
