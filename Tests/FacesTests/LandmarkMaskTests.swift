import Foundation
import Testing

@testable import Faces

@Suite struct LandmarkMaskTests {
  private let landmarks = MeanFace.aligned.map { SIMD2<Float>($0) }

  private func value(_ mask: LandmarkMask, _ point: SIMD2<Double>) -> UInt8 {
    mask(landmarks: landmarks, width: 256, height: 256)[Int(point.y) * 256 + Int(point.x)]
  }

  @Test func theHullHoldsTheFaceAndNothingElse() {
    var mask = LandmarkMask()
    mask.includesForehead = false
    #expect(value(mask, MeanFace.aligned[30]) == 255)
    #expect(value(mask, SIMD2(128, 45)) == 0)
    #expect(value(mask, SIMD2(20, 128)) == 0)
    // On the hull's edge the mask is half.
    let chin = value(mask, MeanFace.aligned[8])
    #expect(chin > 90 && chin < 165)
  }

  @Test func theForeheadIsAboveTheBrows() {
    var mask = LandmarkMask()
    #expect(value(mask, SIMD2(128, 40)) == 255)
    #expect(value(mask, SIMD2(128, 240)) == 0)
    mask.includesForehead = false
    #expect(value(mask, SIMD2(128, 40)) == 0)
  }

  @Test func aSwapsMaskHoldsTheBrowsAndEndsOnTheForehead() {
    let mask = LandmarkMask.insertion(landmarks: landmarks, width: 256, height: 256)
    func value(_ point: SIMD2<Double>) -> UInt8 { mask[Int(point.y) * 256 + Int(point.x)] }
    for brow in MeanFace.aligned[18..<26] { #expect(value(brow) == 255) }
    let brow = MeanFace.aligned[19]
    #expect(value(brow - SIMD2(0, 8)) > 200)
    // The crop begins at row 48.
    #expect(value(SIMD2(brow.x, 36)) == 0)
    #expect(value(MeanFace.aligned[8]) < 30 && value(MeanFace.aligned[0]) < 30)
  }

  @Test func eyesAndMouthCanBeCutOut() {
    var mask = LandmarkMask()
    mask.softness = 0.02
    let eye = MeanFace.aligned[36..<42].reduce(SIMD2(0, 0), +) / 6
    let mouth = MeanFace.aligned[48..<60].reduce(SIMD2(0, 0), +) / 12
    #expect(value(mask, eye) == 255 && value(mask, mouth) == 255)
    (mask.includesEyes, mask.includesMouth) = (false, false)
    #expect(value(mask, eye) < 30 && value(mask, mouth) == 0)
    #expect(value(mask, MeanFace.aligned[30]) == 255)
  }

  @Test func landmarksInOnePlaceMaskNothingMuch() {
    let mask = LandmarkMask()(
      landmarks: Array(repeating: SIMD2(5, 5), count: 68), width: 10, height: 10)
    #expect(mask.reduce(0) { $0 + ($1 > 127 ? 1 : 0) } <= 1)
  }
}
