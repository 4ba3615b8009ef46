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
    let weights = MaskShape.learned.weights(landmarks: nil, learned: learned, at: 1)
    #expect(weights[32 * 64 + 32] == 0.75)
    #expect(weights[0] == 0 && weights[2 * 64 + 32] == 0.375)
  }

  @Test func noneIsTheWholeCrop() {
    #expect(MaskShape.none.weights(landmarks: nil).allSatisfy { $0 == 1 })
  }

  @Test func withoutWhatTheyNeedShapesAreTheEllipse() {
    let ellipse = MaskShape.ellipse.weights(landmarks: nil)
    #expect(MaskShape.hull.weights(landmarks: nil) == ellipse)
    #expect(MaskShape.learned.weights(landmarks: nil) == ellipse)
    #expect(ellipse == EllipseMask()(side: 64).values)
  }

  @Test func aFaceIsBlendedByItsOwnMask() {
    let white = Tensor(shape: [1, 64, 64, 3], values: [Float](repeating: 1, count: 64 * 64 * 3))
    let image = Image(width: 256, height: 256, filled: Color(0, 0, 0))
    var blend = Blend()
    blend.color = .none
    let left = (0..<4096).map { $0 % 64 < 32 ? Float(1) : 0 }
    let blended = blend(white, into: image, mask: left)
    func value(_ x: Int, _ y: Int) -> UInt8 { blended.pixels[(y * 256 + x) * 3] }
    #expect(value(80, 128) == 255 && value(180, 128) == 0)
    #expect(value(40, 128) == 0)
  }
}
