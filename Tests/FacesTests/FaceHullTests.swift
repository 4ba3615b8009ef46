import Faces
import Media
import Testing

@Suite struct FaceHullTests {
  private let landmarks = MeanFace.aligned.map { SIMD2<Float>($0) }

  @Test func coverageIsTheHullsArea() {
    let hull = FaceHull(landmarks: landmarks, includesForehead: false)
    let plane = hull.coverage(width: 256, height: 256)
    #expect(plane[x: 128, y: 130] == 1 && plane[x: 10, y: 130] == 0 && plane[x: 128, y: 45] == 0)
    #expect(plane.values.allSatisfy { $0 >= 0 && $0 <= 1.0001 })
    // The soft mask of the same hull is as large.
    var soft = LandmarkMask()
    soft.includesForehead = false
    soft.softness = 0.01
    let mask = soft(landmarks: landmarks, width: 256, height: 256)
    let (area, other) = (plane.values.reduce(0, +), mask.reduce(Float(0)) { $0 + Float($1) / 255 })
    #expect(abs(area / other - 1) < 0.01)
  }

  @Test func theForeheadIsAboveTheBrows() {
    let whole = FaceHull(landmarks: landmarks, includesForehead: true)
    #expect(whole.coverage(width: 256, height: 256)[x: 128, y: 45] == 1)
  }

  @Test func aFacePartlyOutsideIsCutOff() {
    let moved = landmarks.map { $0 + SIMD2(120, -60) }
    let plane = FaceHull(landmarks: moved, includesForehead: true).coverage(width: 256, height: 256)
    #expect(plane[x: 255, y: 70] == 1 && plane[x: 100, y: 70] == 0)
  }
}
