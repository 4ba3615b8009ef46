import Engine
import Faces
import Media
import Synthesis
import Testing

@Suite struct ClipTrackerTests {
  /// One face at the left, all the time, and one at the right in some of the frames.
  private func clip(_ frames: Int, with shown: Range<Int>) -> [Image] {
    let portrait = Scene().rendered(side: 224).image
    return (0..<frames).map { number in
      var picture = Image(width: 520, height: 256, filled: Color(90, 110, 100))
      picture.paste(portrait, x: 8, y: 16)
      if shown.contains(number) { picture.paste(portrait, x: 240 + 2 * number, y: 16) }
      return picture
    }
  }

  /// The frames in which a face is seen at the right.
  private func seen(_ tracklets: [Tracklet]) -> [Int] {
    tracklets.filter { $0.faces[0].box.x > 230 }.flatMap { $0.first..<$0.end }.sorted()
  }

  @Test(arguments: [0..<24, 5..<24, 7..<19, 0..<11, 2..<9])
  func facesThatComeAndGoBetweenSearchesAreSeenToTheFrame(shown: Range<Int>) throws {
    let tracker = ClipTracker(finder: try FaceFinder())
    #expect(try seen(tracker.track(clip(24, with: shown))) == Array(shown))
  }

  @Test func aFaceThatGoesAfterTheFirstFramesOfAStretchIsKnownFromTheLastOne() throws {
    let tracker = ClipTracker(finder: try FaceFinder())
    let images = clip(16, with: 0..<11)
    let first = try tracker.track(Array(images[..<8]))
    #expect(seen(first) == Array(0..<8))
    let last = first.compactMap { $0[7] }
    let rest = Array(images[8...])
    #expect(seen(try tracker.track(rest)) == [])
    #expect(seen(try tracker.track(rest, after: last)) == [0, 1, 2])
  }

  @Test func theLargestFaceIsTrackedOnWithoutSearchesForSmallerOnes() throws {
    let images = clip(16, with: 0..<16)
    let tracker = ClipTracker(finder: try FaceFinder(), extent: .largest)
    let last = try tracker.track(Array(images[..<8])).compactMap { $0[7] }
    let rest = Array(images[8...])
    let thorough = try tracker.track(rest, after: last, isThorough: true)
    #expect(try tracker.track(rest, after: last, isThorough: false) == thorough)
    #expect(Set(thorough.flatMap { $0.first..<$0.end }) == Set(0..<8))
  }

  @Test func theSameFacesAreTrackedOnAnyNumberOfThreads() throws {
    let images = clip(24, with: 5..<19)
    let tracker = ClipTracker(finder: try FaceFinder())
    let one = try ThreadPool.with(threads: 1) { try tracker.track(images) }
    #expect(!one.isEmpty)
    for threads in [2, 3, 8] {
      #expect(try ThreadPool.with(threads: threads) { try tracker.track(images) } == one)
    }
  }
}
