import Engine
import Faces
import Media
import Testing

@testable import Generation

@Suite struct FaceRegionTests {
  private let face = RealFace(
    image: Image(width: 256, height: 256, filled: Color(gray: 90)),
    landmarks: MeanFace.aligned.map { SIMD2<Float>($0) }, identity: "x", clip: "y")

  @Test func movedOutlinesMoveAsFarAsPublished() {
    // The published field is 50 times even noise of -1…1, blurred by 7 pixels: 1.16 on average.
    let ramp = FaceRegion(
      Plane(width: 256, height: 256, values: (0..<65536).map { Float($0 % 256) }))
    var chance = RandomSource(seed: 1)
    var squares: [Float] = []
    for _ in 0..<3 {
      let moved = ramp.deformed(strength: 50, deviation: 7, chance: &chance)
      for row in 20..<236 {
        for column in 20..<236 {
          let step = moved.plane[x: column, y: row] - Float(column)
          squares.append(step * step)
        }
      }
    }
    let deviation = (squares.reduce(0, +) / Float(squares.count)).squareRoot()
    #expect(abs(deviation - 1.16) < 0.12, "\(deviation) pixels")
  }

  @Test func withoutStrengthNothingMoves() {
    var chance = RandomSource(seed: 1)
    let region = FaceRegion(of: face, includesForehead: true)
    #expect(region.deformed(strength: 0, deviation: 7, chance: &chance).plane == region.plane)
  }

  @Test func theFirstBlurDrawsInAndTheSecondMakesSoft() {
    let region = FaceRegion(of: face, includesForehead: false)
    let narrow = FaceRegion.taps(kernel: 1)
    let hard = region.softened(drawnIn: FaceRegion.taps(kernel: 15), soft: narrow)
    let soft = region.softened(
      drawnIn: FaceRegion.taps(kernel: 15), soft: FaceRegion.taps(kernel: 15, deviation: 40))
    #expect(Set(hard.values) == [0, 1])
    func area(_ plane: Plane) -> Float { plane.values.reduce(0, +) }
    #expect(area(hard) < 0.9 * area(region.plane))
    let share: Float = area(hard) / area(soft)
    #expect(abs(share - 1) < 0.05)
    #expect(soft.values.contains { $0 > 0.3 && $0 < 0.7 })
  }

  @Test func withoutLandmarksItIsAnEllipse() {
    var plain = face
    plain.landmarks = nil
    let region = FaceRegion(of: plain, includesForehead: true)
    #expect(region.plane[x: 128, y: 128] == 1 && region.plane[x: 50, y: 50] == 0)
  }

  @Test func nothingOfAModelsFaceShowsOutsideOfItsCrop() {
    let whole = Plane(width: 256, height: 256, filled: 1).fadedOutsideCrop
    #expect(whole[x: 128, y: 128] == 1)
    #expect(whole[x: 48, y: 128] == 0 && whole[x: 207, y: 128] == 0 && whole[x: 20, y: 20] == 0)
    #expect(whole[x: 53, y: 128] == 0.5)
  }
}
