import Engine
import Faces
import Media
import TestSupport
import Testing

@testable import Generation

@Suite struct FacePlacementTests {
  private let picture = gradientPictures(1, seed: 5)[0]

  private func dot(_ a: [Float], _ b: [Float]) -> Double {
    zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }

  @Test func theWayBackIsTheExactAdjoint() {
    let placement = FacePlacement(
      into: picture, landmarks: nil, randomness: RandomSource(seed: 2))
    let face = Tensor.random([64, 64, 3], in: 0...1, seed: 1).values
    let gradient = Tensor.random([256, 256, 3], seed: 2).values
    let nothing = placement.placed([Float](repeating: 0, count: face.count))
    let change = zip(placement.placed(face), nothing).map { $0 - $1 }
    let (there, back) = (dot(change, gradient), dot(face, placement.returned(gradient)))
    let size = dot(change, change).squareRoot() * dot(gradient, gradient).squareRoot()
    #expect(abs(there - back) < 1e-6 * size, "\(there) and \(back)")
  }

  @Test func aFaceIsPlacedAsForgeriesPlaceIt() {
    var chance = RandomSource(seed: 6)
    let mask = ModelFaceSettings().drawnMask(
      of: RealFace(image: picture, landmarks: nil, identity: "", clip: ""), chance: &chance)
    let placement = FacePlacement(into: picture, mask: mask)
    let seen = Crop.face(picture)
    let soft = FacePatch(of: seen, at: 0).values.map { 0.2 + 0.5 * $0 }
    var patch = FacePatch(width: 64, height: 64, values: soft)
    ColorTransfer.mean.apply(
      to: &patch, like: FacePatch(of: seen, at: 0), mask: ModelFace.weights(mask, side: 64))
    let region = CropRegion(width: 256, height: 256)
    var layer = picture
    layer.paste(
      patch.resized(into: region).image, x: region.columns.lowerBound, y: region.rows.lowerBound)
    let usual = picture.mixed(with: layer, by: mask).pixels
    let placed = placement.placed(soft)
    let worst = zip(usual, placed).map { abs(Float($0) / 255 - $1) }.max() ?? 1
    #expect(worst < 1.6 / 255, "only rounding differs: \(worst * 255) levels")
  }

  @Test func outsideTheMaskThePictureStays() {
    let placement = FacePlacement(
      into: picture, mask: Plane(width: 256, height: 256, filled: 0))
    let placed = placement.placed([Float](repeating: 0.5, count: 64 * 64 * 3))
    #expect(placed == picture.pixels.map { Float($0) / 255 })
    #expect(placement.returned(placed).allSatisfy { $0 == 0 })
  }
}
