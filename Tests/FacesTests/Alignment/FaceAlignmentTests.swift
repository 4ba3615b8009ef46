import Foundation
import Media
import TestSupport
import Testing

@testable import Faces

/// The mean face's points under a similarity, as landmarks of a picture.
func meanLandmarks(
  side: Double = 200, turn: Double = 0, at origin: SIMD2<Double> = SIMD2(300, 100)
) -> [SIMD2<Float>] {
  let map = AffineMap(
    scaleAndTurn: SIMD2(cos(turn), sin(turn)) * side, origin: origin)
  return MeanFace.points.map { SIMD2<Float>(map(SIMD2($0.x, $0.y))) }
}

@Suite struct FaceAlignmentTests {
  @Test func theMeanFaceIsSymmetric() {
    for (left, right) in [(0, 16), (8, 8), (17, 26), (30, 30), (36, 45), (48, 54), (60, 64)] {
      let (a, b) = (MeanFace.points[left], MeanFace.points[right])
      #expect(a.x == -b.x && a.y == b.y && a.z == b.z)
    }
    // The nose is nearest to the camera, the ears are farthest.
    #expect(MeanFace.points.map(\.z).max() == MeanFace.points[30].z)
    #expect(MeanFace.points.map(\.z).min() == MeanFace.points[0].z)
  }

  @Test func theCropHoldsTheFaceFromAboveTheBrowsToBelowTheChin() {
    let region = CropRegion(width: 256, height: 256)
    for point in MeanFace.aligned {
      #expect(point.x > region.x + 5 && point.x < region.x + region.side - 5)
      #expect(point.y > region.y + 15 && point.y < region.y + region.side - 5)
    }
  }

  @Test(arguments: [(80.0, 0.0), (200.0, 0.4), (900.0, -1.2)])
  func alignedLandmarksAreThoseOfTheMeanFace(side: Double, turn: Double) {
    let landmarks = meanLandmarks(side: side, turn: turn)
    let alignment = FaceAlignment(landmarks: landmarks)
    for (point, mean) in zip(alignment.place(landmarks), MeanFace.aligned) {
      #expect(abs(Double(point.x) - mean.x) < 0.01 && abs(Double(point.y) - mean.y) < 0.01)
    }
    #expect(abs(alignment.scale - 148 / side) < 1e-4)
  }

  @Test func theAlignedPictureShowsWhatLiesUnderTheLandmarks() {
    var picture = Image(width: 700, height: 500, filled: Color(30, 30, 30))
    let landmarks = meanLandmarks()
    let nose = landmarks[30]
    for y in -3...3 {
      for x in -3...3 { picture[x: Int(nose.x) + x, y: Int(nose.y) + y] = Color(250, 0, 0) }
    }
    let aligned = FaceAlignment(landmarks: landmarks).picture(from: picture)
    let place = MeanFace.aligned[30]
    #expect(aligned.width == 256 && aligned.height == 256)
    #expect(aligned[x: Int(place.x), y: Int(place.y)] == Color(250, 0, 0))
    #expect(aligned[x: Int(place.x) + 20, y: Int(place.y)] == Color(30, 30, 30))
  }
}

@Suite struct LandmarkSmoothingTests {
  private func track(_ value: (Int) -> Float) -> [[SIMD2<Float>]?] {
    (0..<20).map { index in Array(repeating: SIMD2(value(index), 2 * value(index)), count: 68) }
  }

  @Test func steadyMotionIsLeftAsItIs() throws {
    let track = track { 3 * Float($0) }
    for index in 4..<16 {
      let points = try #require(LandmarkSmoothing()(track, at: index))
      #expect(abs(points[7].x - 3 * Float(index)) < 1e-4)
    }
  }

  @Test func jitterGrowsLess() throws {
    let track = track { $0.isMultiple(of: 2) ? 1 : -1 }
    let points = try #require(LandmarkSmoothing()(track, at: 10))
    #expect(abs(points[0].x) < 0.1)
  }

  @Test func aGapEndsTheWindow() throws {
    var track = track { _ in 0 }
    track[9] = nil
    track[8] = Array(repeating: SIMD2(1000, 1000), count: 68)
    #expect(LandmarkSmoothing()(track, at: 9) == nil)
    #expect(try #require(LandmarkSmoothing()(track, at: 10))[0] == SIMD2(0, 0))
  }
}
