import Foundation
import Media
import Testing

/// Jumps in a video with B-frames and several keyframes.
///
/// ```
/// ffmpeg -f lavfi -i testsrc2=size=96x64:rate=24:duration=2 -c:v libx264 -bf 3 -crf 30 \
///   -x264-params b-pyramid=normal:keyint=20:b-adapt=0:scenecut=0 -pix_fmt yuv420p -bitexact moving.mp4
/// ffmpeg -i moving.mp4 -c copy -bitexact moving.mkv    # and moving.ts
/// ```
struct SeekingTests {
  private static let names = ["moving.mp4", "moving.mkv", "moving.ts"]

  private func all(_ name: String) throws -> [(timestamp: Int, picture: Image)] {
    let reader = try VideoReader(reading: try Pictures.path(name))
    var frames: [(timestamp: Int, picture: Image)] = []
    while let frame = try reader.next() { frames.append((frame.timestamp, try frame.picture())) }
    return frames
  }

  @Test(arguments: names, [1, 2, 3, 7, 19, 30])
  func skippingGivesTheFramesThatReadingAllGives(name: String, step: Int) throws {
    let frames = try all(name)
    #expect(frames.count == 48)
    let reader = try VideoReader(reading: try Pictures.path(name))
    for wanted in stride(from: 0, to: 48, by: step) {
      try reader.seek(toTimestamp: frames[wanted].timestamp)
      let frame = try #require(try reader.next())
      #expect(frame.timestamp == frames[wanted].timestamp)
      #expect(frame.number == wanted)
      #expect(try frame.picture() == frames[wanted].picture, "frame \(wanted) by \(step)")
    }
  }

  @Test(arguments: names, [2, 3, 4, 5, 6, 7, 10, 19])
  func framesThatNobodyWantsAreLeftOutAndNoOthers(name: String, step: Int) throws {
    let frames = try all(name)
    let reader = try VideoReader(reading: try Pictures.path(name))
    let first = try #require(try reader.next())
    #expect(first.timestamp == frames[0].timestamp)
    var last = first.timestamp
    for wanted in stride(from: step, to: 48, by: step) {
      let gap = frames[wanted].timestamp - last - 1
      try reader.seek(toTimestamp: last + gap, gap: gap)
      let frame = try #require(try reader.next())
      #expect(frame.timestamp == frames[wanted].timestamp)
      #expect(try frame.picture() == frames[wanted].picture, "frame \(wanted) by \(step)")
      last = frame.timestamp
    }
  }

  @Test(arguments: names) func jumpingAboutGivesThemToo(name: String) throws {
    let frames = try all(name)
    let reader = try VideoReader(reading: try Pictures.path(name))
    for wanted in [40, 3, 4, 21, 20, 19, 47, 0, 46, 10, 12, 30] {
      try reader.seek(toTimestamp: frames[wanted].timestamp)
      // Decoding goes on from there.
      for number in wanted..<min(wanted + 3, 48) {
        let frame = try #require(try reader.next())
        #expect(frame.timestamp == frames[number].timestamp)
        #expect(try frame.picture() == frames[number].picture, "frame \(number)")
      }
    }
  }

  @Test(arguments: names) func afterTheLastFrameThereIsNone(name: String) throws {
    let frames = try all(name)
    let reader = try VideoReader(reading: try Pictures.path(name))
    try reader.seek(toTimestamp: frames[5].timestamp)
    _ = try reader.next()
    try reader.seek(toTimestamp: frames[47].timestamp + 1)
    #expect(try reader.next() == nil)
  }
}
