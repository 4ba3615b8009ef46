import Foundation
import Media
import TestSupport
import Testing

/// What goes into a video comes out of it.
struct VideoRoundTripTests {
  private let small = VideoInfo(width: 64, height: 48, frameRate: Rational(25, 1))

  @Test func aClipComesBackAlmostAsItWas() throws {
    let path = try Clips.place("clip.mp4")
    defer { Clips.remove(path) }
    try Clips.write(path, of: small)
    let frames = try Clips.frames(path)
    #expect(frames.map(\.number) == Array(0..<12))
    #expect(frames.map(\.time) == (0..<12).map { Double($0) / 25 })
    for (number, frame) in frames.enumerated() {
      let picture = try frame.picture()
      #expect(difference(picture, Clips.picture(number, width: 64, height: 48)) < 20)
    }
  }

  @Test func whatIsKnownOfAClipIsSaid() throws {
    let path = try Clips.place("it's \"a\" clip\n: 1.mp4")
    defer { Clips.remove(path) }
    try Clips.write(path, of: small)
    let info = try VideoReader(reading: path).info
    #expect(info.width == 64 && info.height == 48)
    #expect(info.frameRate == Rational(25, 1))
    #expect(info.frames == 12)
    #expect(info.duration == 12.0 / 25)
    #expect(info.codec == "h264" && info.pixelFormat == "yuv420p")
    #expect(info.colorMatrix == "smpte170m" && info.colorRange == "tv")
    #expect(info.sounds == 0 && info.orientation == 1)
  }

  @Test(arguments: ["yuv420p", "yuv422p", "yuv444p", "yuv420p10le", "yuv422p10le", "nv12"])
  func withoutLossEveryBitIsKept(format: String) throws {
    let info = VideoInfo(
      width: 64, height: 48, frameRate: Rational(25, 1), pixelFormat: format)
    let path = try Clips.place("clip.mp4")
    defer { Clips.remove(path) }
    try Clips.write(path, of: info, lossless: true)
    let frames = try Clips.frames(path)
    #expect(frames.count == 12)
    for (number, frame) in frames.enumerated() {
      let given = try VideoFrame(
        Clips.picture(number, width: 64, height: 48), timestamp: number, of: info)
      #expect(try frame.picture() == given.picture(), "\(format), frame \(number)")
    }
  }

  @Test(arguments: ["yuv420p", "gbrp", "yuv420p16le", "yuv410p", "bgr0"])
  func ffv1KeepsAnyPixelsOfAnySize(format: String) throws {
    let info = VideoInfo(width: 63, height: 47, frameRate: Rational(25, 1), pixelFormat: format)
    let path = try Clips.place("clip.mkv")
    defer { Clips.remove(path) }
    try Clips.write(path, frames: 3, of: info, lossless: true, codec: .ffv1)
    let frames = try Clips.frames(path)
    #expect(frames.count == 3)
    for (number, frame) in frames.enumerated() {
      let given = try VideoFrame(
        Clips.picture(number, width: 63, height: 47), timestamp: number, of: info)
      #expect(try difference(frame.picture(), given.picture()) <= 1, "\(format), frame \(number)")
    }
  }

  @Test func oddSizesAreKept() throws {
    let info = VideoInfo(width: 51, height: 37, frameRate: Rational(25, 1))
    let path = try Clips.place("clip.mp4")
    defer { Clips.remove(path) }
    try Clips.write(path, frames: 3, of: info)
    let frames = try Clips.frames(path)
    #expect(frames.count == 3)
    let picture = try frames[2].picture()
    #expect(difference(picture, Clips.picture(2, width: 51, height: 37)) < 25)
  }

  @Test func framesKeepTheirTimesHoweverUneven() throws {
    let times = [
      0, 1000, 1001, 4004, 4500, 30_000, 30_017, 90_001, 90_002, 180_000, 180_500, 200_000,
    ]
    let info = VideoInfo(
      width: 64, height: 48, frameRate: Rational(25, 1), timeBase: Rational(1, 30_000))
    let path = try Clips.place("clip.mp4")
    defer { Clips.remove(path) }
    try Clips.write(path, of: info) { $0 < 12 ? times[$0] : 203_000 }
    let frames = try Clips.frames(path)
    #expect(frames.map(\.timestamp) == times)
    #expect(frames.first?.info.timeBase == Rational(1, 30_000))
    let last = try #require(frames.last)
    #expect(last.duration == 3000)
    if let shown = try Clips.probe(path, "packet=pts") {
      #expect(shown == times.map(String.init))
    }
  }

  @Test(arguments: 1...8)
  func turnedClipsComeUpright(orientation: Int) throws {
    let info = VideoInfo(
      width: 64, height: 48, frameRate: Rational(25, 1), orientation: orientation)
    let path = try Clips.place("clip.mov")
    defer { Clips.remove(path) }
    try Clips.write(path, frames: 2, of: info)
    let reader = try VideoReader(reading: path)
    #expect(reader.info.orientation == orientation)
    let picture = try #require(try reader.next()).picture()
    #expect(difference(picture, Clips.picture(0, width: 64, height: 48)) < 20)
  }

  @Test(arguments: ["clip.mp4", "clip.mkv", "clip.mov"])
  func laterFramesAreTheSameWhetherThoseBetweenAreReadOrSkipped(name: String) throws {
    let path = try Clips.place(name)
    defer { Clips.remove(path) }
    // The encoder's key frames are 250 apart.
    let info = VideoInfo(width: 64, height: 48, frameRate: Rational(25, 1))
    try Clips.write(path, frames: 560, of: info)
    let frames = try Clips.frames(path)
    for every in [1, 7, 40, 300] {
      let reader = try VideoReader(reading: path, threads: 1)
      var wanted = 0
      while let frame = try reader.next(from: wanted) {
        #expect(frame.number == wanted && frame.timestamp == frames[wanted].timestamp)
        #expect(try frame.picture() == frames[wanted].picture())
        wanted += every
      }
      #expect(wanted >= 560 && wanted < 560 + every)
    }
  }

  @Test func oneMayJumpToATime() throws {
    let path = try Clips.place("clip.mp4")
    defer { Clips.remove(path) }
    try Clips.write(path, frames: 60, of: small)
    let reader = try VideoReader(reading: path)
    for number in [40, 7, 59, 0] {
      try reader.seek(to: Double(number) / 25)
      let frame = try #require(try reader.next())
      #expect(frame.number == number)
      #expect(frame.time == Double(number) / 25)
      let picture = Clips.picture(number, width: 64, height: 48)
      #expect(try difference(frame.picture(), picture) < 20)
    }
    try reader.seek(to: 99)
    #expect(try reader.next() == nil)
  }

  @Test func theMarkIsInTheContainer() throws {
    let path = try Clips.place("clip.mp4")
    defer { Clips.remove(path) }
    try Clips.write(path, frames: 2, of: small, mark: .synthetic(by: "dflab 0"))
    guard let tags = try Clips.probe(path, "format_tags") else { return }
    #expect(tags.contains { $0.hasPrefix("Made by a trained model, with dflab 0 (http") })
    #expect(tags.contains { $0.hasSuffix("/trainedAlgorithmicMedia") })
  }

  @Test func nothingLiesUnderTheNameBeforeTheEnd() throws {
    let path = try Clips.place("clip.mp4")
    defer { Clips.remove(path) }
    let writer = try VideoWriter(path: path, encoding: VideoEncoding(), of: small, mark: nil)
    let picture = Clips.picture(0, width: 64, height: 48)
    try writer.write(VideoFrame(picture, timestamp: 0, of: small))
    #expect(!FileManager.default.fileExists(atPath: path))
    try writer.finish()
    #expect(FileManager.default.fileExists(atPath: path))
  }
}
