import Foundation
import Media
import TestSupport
import Testing

@testable import Faces

@Suite struct FaceClipTests {
  private func frame(_ number: Int?, rate: Double = 25) -> FaceClip.Frame {
    var frame = FaceClip.Frame(crop: Image(width: 4, height: 4, filled: Color(gray: 9)))
    (frame.number, frame.time) = (number, number.map { Double($0) / rate })
    return frame
  }

  @Test func aStillIsAClipOfOne() {
    let clip = FaceClip(still: Image(width: 4, height: 4, filled: Color(gray: 9)))
    #expect(clip.frames.count == 1 && clip.seconds == 0 && clip.source == nil)
  }

  @Test func aClipLastsUntilItsLastFrameEnds() {
    let clip = FaceClip((0..<50).map { frame($0) }, rate: 25)
    #expect(abs(clip.seconds - 2) < 1e-9)
    let uneven = FaceClip((0..<50).map { frame($0) })
    #expect(abs(uneven.seconds - 2) < 1e-9, "without a rate the mean distance stands for it")
  }

  @Test func landmarksAreKnownInTheSourceToo() throws {
    let points = MeanFace.aligned.map { SIMD2<Float>($0) * 1.2 + SIMD2(30, 12) }
    let image = Image(width: 400, height: 400, filled: Color(gray: 80))
    let face = TrackedFace(
      landmarks: points, score: 1, thumbnail: Thumbnail(of: image, landmarks: points))
    let frame = FaceClip.Frame(face, in: image, number: 3, time: 0.1)
    #expect(frame.crop.width == Crop.pictureSide && frame.number == 3 && frame.box == face.box)
    let back = try #require(frame.sourceLandmarks)
    #expect(zip(back, points).allSatisfy { abs($0.x - $1.x) < 0.01 && abs($0.y - $1.y) < 0.01 })
  }

  @Test func sourceFramesAreReadOnlyWhenTheyAreAskedFor() throws {
    struct Unread: Error {}
    let source = SourceFrames { index in
      guard index == 1 else { throw Unread() }
      return Image(width: 8, height: 6, filled: Color(gray: 1))
    }
    #expect(try source.frame(1).width == 8)
    #expect(throws: Unread.self) { try source.frame(0) }
  }

  @Test func framesOfAVideoAreDecodedByTheirTime() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("gray.mp4")
    let info = VideoInfo(width: 64, height: 64, frameRate: Rational(25, 1))
    let writer = try VideoWriter(
      path: path, encoding: VideoEncoding(), of: info, mark: .rendered(by: "test"))
    for number in 0..<10 {
      let picture = Image(width: 64, height: 64, filled: Color(gray: UInt8(20 * number + 20)))
      try writer.write(VideoFrame(picture, timestamp: number, of: info))
    }
    try writer.finish()
    let source = SourceFrames(video: path, times: [7.0 / 25, 2.0 / 25])
    #expect(abs(Int(try source.frame(0).pixels[0]) - 160) < 6)
    #expect(abs(Int(try source.frame(1).pixels[0]) - 60) < 6)
  }

  @Test func successiveFramesOfATrackBecomeClips() {
    var assembler = ClipAssembler(length: 3, rate: 25)
    var ended: [ClipAssembler.Assembled] = []
    func add(_ number: Int, _ track: Int, _ key: Int) {
      ended += assembler.add(ClipAssembler.Part(frame(number), key: key), track: track)
    }
    // Two tracks side by side; the second one misses frame 2.
    for (number, track, key) in [
      (0, 0, 0), (0, 1, 1), (1, 0, 2), (1, 1, 3), (2, 0, 4), (3, 0, 5), (3, 1, 6),
    ] { add(number, track, key) }
    #expect(ended.map(\.keys) == [[0, 2, 4], [1, 3]], "a gap leaves a clip short")
    #expect(ended.map { $0.clip.track } == [0, 1] && ended[0].clip.rate == 25)
    #expect(assembler.finish().map(\.keys) == [[5], [6]])
    #expect(assembler.finish().isEmpty)
  }
}
