import Engine
import Faces
import Foundation
import Media
import TestSupport
import Testing

@testable import Generation

/// Faces that are too soft or too sharp for their picture.
@Suite struct SharpnessMatchTests {
  /// A picture of random blocks, 192×192, whose detail is that of a 64×64 face, blurred.
  private func picture(blur: Double) -> Image {
    let values = lcg(64 * 64, seed: 3).map { Float($0) }
    let face = FacePatch(width: 64, height: 64, values: values.flatMap { [$0, $0, $0] })
    let large = face.sharpened(by: -1).enlarged(to: 192)
    let plane = Plane(
      width: 192, height: 192,
      values: stride(from: 0, to: large.values.count, by: 3).map { large.values[$0] })
    let soft = blur > 0 ? plane.blurred(deviation: blur) : plane
    let pixels = soft.values.flatMap { value -> [UInt8] in
      let level = UInt8((min(max(value, 0), 1) * 255).rounded())
      return [level, level, level]
    }
    return Image(width: 192, height: 192, pixels: pixels)
  }

  /// A crop of the whole picture as the face, and the same, blurred some times.
  private func faces(_ image: Image, blurs: Int) -> (face: Tensor, original: Tensor, spot: FaceSpot)
  {
    let spot = FaceSpot(cropOfWidth: 192, height: 192, landmarks: nil)
    let original = Crop.faces(of: [spot.alignment.picture(from: image)])
    let face = FacePatch(of: original, at: 0).sharpened(by: -Float(blurs))
    return (Tensor(shape: original.shape, values: face.values), original, spot)
  }

  /// The swapped face's sharpness relative to the original's, unmatched and matched.
  private func sharpness(_ image: Image, blurs: Int) throws -> (before: Double, after: Double) {
    let (face, original, spot) = faces(image, blurs: blurs)
    func measured(_ sharpening: Float?) throws -> Double {
      var insertion = FaceInsertion()
      (insertion.mask, insertion.sharpening) = (.ellipse, sharpening)
      insertion.colorTransfer = .none
      let patch = try #require(
        insertion.patch(SwappedFaces(face), originals: original, at: 0, spot: spot, into: image))
      var fit = InsertionFit()
      fit.note(patch)
      let (own, new) = (try #require(fit.original), try #require(fit.swapped))
      return new.sharpness / own.sharpness
    }
    return (try measured(0), try measured(nil))
  }

  @Test func aSoftFaceIsSharpened() throws {
    let (before, after) = try sharpness(picture(blur: 0), blurs: 1)
    #expect(before < 0.8)
    #expect(abs(after - 1) < 0.15, "\(after)")
  }

  @Test func sharpeningIsBounded() throws {
    let (before, after) = try sharpness(picture(blur: 0), blurs: 6)
    #expect(before < 0.45 && after > before && after < 0.8)
    let image = picture(blur: 0)
    let (face, original, spot) = faces(image, blurs: 6)
    let insertion = FaceInsertion()
    let weights = MaskShape.ellipse.weights(at: spot, side: 64)
    let match = insertion.match(
      face, originals: original, at: 0, spot: spot, weights: weights, in: image)
    #expect(match.sharpening == SharpnessMatch.most)
  }

  @Test func aFaceThatIsTooSharpIsSoftened() throws {
    // The model does not know that the picture is out of focus.
    let (face, _, _) = faces(picture(blur: 0), blurs: 0)
    let image = picture(blur: 4)
    let (_, original, spot) = faces(image, blurs: 0)
    var insertion = FaceInsertion()
    (insertion.mask, insertion.colorTransfer) = (.ellipse, .none)
    let weights = insertion.mask.weights(at: spot, side: 64)
    let match = insertion.match(
      face, originals: original, at: 0, spot: spot, weights: weights, in: image)
    #expect(match.sharpening < -1)
    let patch = try #require(
      insertion.patch(
        face, originals: original, at: 0, spot: spot, weights: weights, match: match,
        into: image))
    var fit = InsertionFit()
    fit.note(patch)
    let ratio = try #require(fit.swapped).sharpness / (try #require(fit.original).sharpness)
    #expect(abs(ratio - 1) < 0.15, "\(ratio)")
  }

  @Test func aFaceWithoutDetailStaysAsItIs() {
    let flat = FacePatch(width: 64, height: 64, values: [Float](repeating: 0.5, count: 64 * 64 * 3))
    let weights = [Float](repeating: 1, count: 64 * 64)
    #expect(SharpnessMatch.amount(for: flat, weights: weights, size: 200, energy: 0.1) == 0)
  }

  @Test func softeningByOneIsABlurAndGoesOnSteadily() {
    let values = lcg(64 * 64 * 3, seed: 4).map { Float($0) }
    let face = FacePatch(width: 64, height: 64, values: values)
    #expect(face.sharpened(by: 0) == face)
    #expect(face.sharpened(by: -2) == face.sharpened(by: -1).sharpened(by: -1))
    let (below, above) = (face.sharpened(by: -1.001), face.sharpened(by: -0.999))
    let difference = zip(below.values, above.values).map { abs($0 - $1) }.max() ?? 1
    #expect(difference < 0.002)
  }

  @Test func matchesAreAveraged() {
    let matches = [Float(-1), 0.5].map { InsertionMatch(colors: .none, sharpening: $0) }
    #expect(InsertionMatch.mean([(matches[0], 1), (matches[1], 2)]).sharpening == 0)
    #expect(InsertionMatch.mean([]) == .none)
  }
}
