import Engine
import Media
import Synthesis
import Testing

@testable import Faces

/// Faces that are not upright: sideways and upside down.
@Suite struct TurnedFacesTests {
  private static let turns: [QuarterTurn] = [.right, .half, .left]

  /// A rendered person in a wide picture, off its center.
  private var portrait: Image {
    var picture = Image(width: 420, height: 300, filled: Color(90, 110, 100))
    picture.paste(Scene().rendered(side: 224).image, x: 150, y: 40)
    return picture
  }

  private func tracker() throws -> ClipTracker { ClipTracker(finder: try FaceFinder()) }

  /// The mean absolute difference of two pictures of one size, in levels.
  private func distance(_ a: Image, _ b: Image) -> Double {
    let sum = zip(a.pixels, b.pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    return Double(sum) / Double(a.pixels.count)
  }

  @Test func theTurnOfAFaceIsReadFromItsLandmarks() {
    let upright = MeanFace.aligned.map { SIMD2<Float>($0) }
    #expect(QuarterTurn(of: upright) == .none)
    for turn in QuarterTurn.allCases {
      let turned = upright.map { turn.place($0, width: 256, height: 256) }
      #expect(QuarterTurn(of: turned) == turn)
      // A face that leans by 30° is still upright to the finder.
      let leaning = turned.map { point in
        let p = point - 128
        return SIMD2(0.866 * p.x - 0.5 * p.y, 0.5 * p.x + 0.866 * p.y) + 128
      }
      #expect(QuarterTurn(of: leaning) == turn)
    }
  }

  @Test(arguments: turns) func theBoxTurnsWithTheFace(turn: QuarterTurn) {
    let upright = MeanFace.aligned.map { SIMD2<Float>($0) }
    let box = FaceBox(around: upright)
    let turned = FaceBox(around: upright.map { turn.place($0, width: 300, height: 200) })
    let corners = [SIMD2(box.x, box.y), SIMD2(box.x + box.width, box.y + box.height)].map {
      turn.place(SIMD2<Float>($0), width: 300, height: 200)
    }
    #expect(abs(turned.x - Double(min(corners[0].x, corners[1].x))) < 1e-3)
    #expect(abs(turned.y - Double(min(corners[0].y, corners[1].y))) < 1e-3)
    #expect(abs(turned.width - box.width) < 1e-3 && abs(turned.height - box.height) < 1e-3)
  }

  @Test(arguments: turns) func aTurnedPictureHasTheSameUprightCrop(turn: QuarterTurn) throws {
    let upright = try #require(try tracker().track([portrait]).first?.faces.first)
    let picture = portrait.turned(turn)
    let found = try tracker().track([picture])
    let face = try #require(found.first?.faces.first)
    #expect(found.count == 1)
    #expect(QuarterTurn(of: face.landmarks) == turn)
    let expected = FaceAlignment(landmarks: upright.landmarks).picture(from: portrait)
    let crop = FaceAlignment(landmarks: face.landmarks).picture(from: picture)
    #expect(distance(crop, expected) < 1, "\(distance(crop, expected))")
    // Its landmarks and its box are those of the upright face, turned.
    let back = face.turned(turn.inverse, width: picture.width, height: picture.height)
    for (point, original) in zip(back.landmarks, upright.landmarks) {
      #expect(abs(point.x - original.x) < 0.5 && abs(point.y - original.y) < 0.5)
    }
    #expect(back.box.overlap(with: upright.box) > 0.99)
  }

  @Test(arguments: turns) func aTurnedClipIsTrackedThroughItsChunks(turn: QuarterTurn) throws {
    let frames = (0..<20).map { number in
      var picture = Image(width: 420, height: 300, filled: Color(90, 110, 100))
      picture.paste(Scene().rendered(side: 224).image, x: 100 + 2 * number, y: 40)
      return picture.turned(turn)
    }
    let first = try tracker().track(Array(frames[..<12]))
    let last = first.compactMap { $0[11] }
    let second = try tracker().track(Array(frames[12...]), after: last)
    #expect(first.reduce(0) { $0 + $1.faces.count } == 12)
    #expect(second.reduce(0) { $0 + $1.faces.count } == 8)
    var linker = TrackLinker()
    #expect((linker.link(first, from: 0) + linker.link(second, from: 12)).allSatisfy { $0 == 0 })
  }

  @Test func whereAFaceIsUprightOthersAreNotSearched() throws {
    var picture = Image(width: 520, height: 256, filled: Color(90, 110, 100))
    picture.paste(Scene().rendered(side: 224).image, x: 8, y: 16)
    picture.paste(Scene().rendered(side: 224).image.turned(.right), x: 270, y: 16)
    let found = try tracker().track([picture])
    #expect(found.count == 1 && found[0].faces[0].box.x < 230)
  }

  @Test func nothingIsFoundInNothing() throws {
    let empty = Image(width: 300, height: 200, filled: Color(90, 110, 100))
    #expect(try tracker().track([empty, empty]).isEmpty)
  }
}
