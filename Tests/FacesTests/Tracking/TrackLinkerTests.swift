import Media
import TestSupport
import Testing

@testable import Faces

@Suite struct TrackLinkerTests {
  /// Someone whose look follows from a number, at a place, for some frames.
  private func tracklet(_ look: Int, first: Int, count: Int, x: Double = 100, side: Double = 100)
    -> Tracklet
  {
    let picture = Image.noise(width: 400 + 37 * look, height: 400)
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
