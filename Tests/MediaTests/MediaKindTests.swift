import Foundation
import Media
import TestSupport
import Testing

/// What a file is, told by its content alone.
struct MediaKindTests {
  @Test func everyPictureIsOneUnderAnyName() throws {
    let folder = try TemporaryFolder()
    for name in try Pictures.otherKinds().keys.sorted() + ["rgb.png", "ycbcr.jpg"] {
      let path = "\(folder.path)/\(name.replacing(".", with: "-")).mp4"
      try Data(Pictures.bytes(name)).write(to: URL(filePath: path))
      let expected: MediaKind = name == "animated.gif" ? .video : .picture
      #expect(try MediaKind(of: path) == expected, "\(name)")
    }
  }

  @Test(arguments: ["mp4", "mov", "mkv", "avi", "ts", "webm", "flv", "mpg", "nut"])
  func videosAreVideosUnderAnyName(ending: String) throws {
    let path = try Clips.place("clip.\(ending)")
    defer { Clips.remove(path) }
    if ["mp4", "mov", "mkv"].contains(ending) {
      let info = VideoInfo(width: 32, height: 32, frameRate: Rational(25, 1))
      try Clips.write(path, frames: 4, of: info)
    } else {
      let source = "testsrc2=size=48x32:rate=25:duration=0.4"
      let arguments = ["-v", "error", "-f", "lavfi", "-i", source, path]
      guard try Clips.output(of: "ffmpeg", arguments) != nil else { return }
    }
    let renamed = "\(path).jpg"
    try FileManager.default.moveItem(atPath: path, toPath: renamed)
    defer { Clips.remove(renamed) }
    #expect(try MediaKind(of: renamed) == .video)
    #expect(throws: MediaError.notAPicture(name: renamed, isVideo: true)) {
      try Image(reading: renamed)
    }
  }

  @Test func otherFilesAreNeither() throws {
    let folder = try TemporaryFolder()
    let contents: [String: [UInt8]] = [
      "letter.jpg": Array("This is a letter.".utf8), "nothing.png": [], "BM.bmp": Array("BMW".utf8),
      "song.mp4": [0, 0, 0, 28] + Array("ftypM4A isom".utf8), "song.ogv": Array("OggS vorbis".utf8),
      "wave.avi": Array("RIFF....WAVE".utf8), "G.ts": Array("GGGGGGGG".utf8),
    ]
    for (name, bytes) in contents {
      let path = "\(folder.path)/\(name)"
      try Data(bytes).write(to: URL(filePath: path))
      #expect(try MediaKind(of: path) == nil, "\(name)")
      #expect(MediaKind(at: path) == MediaKind(named: name), "\(name)")
    }
    #expect(throws: MediaError.unreadableFile(path: folder.path, reason: "not a regular file")) {
      try MediaKind(of: folder.path)
    }
  }
}
