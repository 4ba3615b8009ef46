import Media
import TestSupport
import Testing

@testable import Faces

@Suite struct TrackLinkerTests {
  /// Someone whose look follows from a number, at a place, for some frames.
  private func tracklet(_ look: Int, first: Int, count: Int, x: Double = 100, side: Double = 100)
    -> Tracklet
  {
    tracklet(of: noise(look), first: first, count: count, x: x, side: side)
  }

  private func noise(_ look: Int) -> Image {
    Image.noise(width: 400 + 37 * look, height: 400).cropped(x: 0, y: 0, width: 400, height: 400)
  }

  private func tracklet(
    of picture: Image, first: Int, count: Int, x: Double = 100, side: Double = 100
  ) -> Tracklet {
    let here = meanLandmarks(side: 200, at: SIMD2(200, 100))
    let face = TrackedFace(
      landmarks: meanLandmarks(side: side, at: SIMD2(x, 100)), score: 1,
      thumbnail: Thumbnail(of: picture, landmarks: here))
    return Tracklet(first: first, faces: Array(repeating: face, count: count))
  }

  @Test func whoGoesOnInPlaceIsTheSame() {
    var linker = TrackLinker()
    #expect(linker.link([tracklet(1, first: 0, count: 8)], from: 0) == [0])
    #expect(linker.link([tracklet(1, first: 0, count: 8, x: 105)], from: 8) == [0])
    #expect(linker.people.count == 1 && linker.people[0].frames == 16)
  }

  @Test func whoComesBackElsewhereIsKnownByTheLook() {
    var linker = TrackLinker()
    _ = linker.link([tracklet(1, first: 0, count: 8)], from: 0)
    #expect(linker.link([tracklet(1, first: 0, count: 8, x: 900)], from: 500) == [0])
    #expect(linker.link([tracklet(2, first: 0, count: 8, x: 900)], from: 1000) == [1])
  }

  @Test func whoComesBackAsBeforeIsKnownThoughTheLastLookWasAnother() {
    // A face that turns: so far alike that it goes on, and not alike enough to be known later.
    let (one, other) = (noise(1), noise(2))
    let turned = Image(
      width: 400, height: 400,
      pixels: zip(one.pixels, other.pixels).map { UInt8(0.6 * Double($0) + 0.4 * Double($1)) })
    var linker = TrackLinker()
    #expect(linker.link([tracklet(of: one, first: 0, count: 8)], from: 0) == [0])
    #expect(linker.link([tracklet(of: turned, first: 0, count: 8)], from: 8) == [0])
    #expect(linker.link([tracklet(of: one, first: 0, count: 8, x: 900)], from: 500) == [0])
  }

  @Test func afterACutAnotherFaceInTheSamePlaceIsSomeoneElse() {
    var linker = TrackLinker()
    _ = linker.link([tracklet(1, first: 0, count: 8)], from: 0)
    #expect(linker.link([tracklet(2, first: 0, count: 8)], from: 8) == [1])
  }

  @Test func twoAtOnceAreTwoAndTheLargestIsFirst() {
    var linker = TrackLinker()
    let people = linker.link(
      [tracklet(1, first: 0, count: 8), tracklet(1, first: 0, count: 8, x: 600, side: 180)],
      from: 0)
    #expect(people == [1, 0])
    #expect(linker.ranking == [0, 1])
  }
}
