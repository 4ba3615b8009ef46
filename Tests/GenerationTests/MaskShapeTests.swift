import Engine
import Faces
import Media
import TestSupport
import Testing

@testable import Generation

@Suite struct MaskShapeTests {
  @Test func theLearnedMaskIsTheModelsButForTheEdge() {
    let learned = Tensor(
      shape: [2, 64, 64, 1], values: (0..<2 * 4096).map { $0 < 4096 ? 0.25 : 0.75 })
    let weights = MaskShape.learned.weights(landmarks: nil, side: 64, learned: learned, at: 1)
    #expect(weights[32 * 64 + 32] == 0.75)
    #expect(weights[0] == 0 && weights[2 * 64 + 32] == 0.375)
  }

  @Test func noneIsTheWholeCrop() {
    #expect(MaskShape.none.weights(landmarks: nil, side: 64).allSatisfy { $0 == 1 })
  }

  @Test func withoutWhatTheyNeedShapesAreTheEllipse() {
    let ellipse = MaskShape.ellipse.weights(landmarks: nil, side: 64)
    #expect(MaskShape.hull.weights(landmarks: nil, side: 64) == ellipse)
    #expect(MaskShape.learned.weights(landmarks: nil, side: 64) == ellipse)
    #expect(ellipse == EllipseMask()(side: 64).values)
  }

  @Test func theHullHoldsTheForeheadThatTheCropShows() {
    let spot = FaceSpot(
      cropOfWidth: 256, height: 256, landmarks: MeanFace.aligned.map { SIMD2<Float>($0) })
    let weights = MaskShape.hull.weights(at: spot, side: 64)
    // The mean face's brows are in the rows 6 to 10 of 64.
    for row in 5..<50 { #expect(weights[row * 64 + 32] > 0.9, "row \(row)") }
    #expect(weights[32] == 0)
  }
}
