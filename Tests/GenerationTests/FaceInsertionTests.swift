import Engine
import Faces
import Foundation
import Media
import TestSupport
import Testing

@testable import Generation

/// Faces that lie turned, small, large or half outside of a picture.
@Suite struct FaceInsertionTests {
  /// The mean face, turned by `angle` and of this size, around a place.
  private func spot(x: Double, y: Double, size: Double, angle: Double = 0) -> FaceSpot {
    let turn = SIMD2(cos(angle), sin(angle)) * size
    return FaceSpot(
      landmarks: MeanFace.points.map { point in
        let p = SIMD2(point.x, point.y - 0.5)
        return SIMD2<Float>(
          SIMD2(x + turn.x * p.x - turn.y * p.y, y + turn.y * p.x + turn.x * p.y))
      })
  }

  private func crops(_ image: Image, _ spot: FaceSpot) -> Tensor {
    Crop.faces(of: [spot.alignment.picture(from: image)])
  }

  @Test(
    arguments: [
      (100.0, 90.0, 80.0, 0.0), (100, 90, 80, 0.6), (20, 30, 60, -0.4), (100, 90, 30, 2),
      (95, 95, 400, 0.1),
    ], MaskShape.allCases)
  func whatIsOutsideTheMaskStays(
    place: (x: Double, y: Double, size: Double, angle: Double), shape: MaskShape
  ) throws {
    let image = Image.waves(side: 200)
    let spot = spot(x: place.x, y: place.y, size: place.size, angle: place.angle)
    let white = Tensor(shape: [1, 64, 64, 3], values: [Float](repeating: 1, count: 12288))
    var insertion = FaceInsertion()
    insertion.mask = shape
    insertion.colorTransfer = .none
    insertion.sharpening = 0.5
    let patch = try #require(
      insertion.patch(
        white, originals: crops(image, spot), at: 0, spot: spot,
        weights: shape.weights(at: spot, side: 64),
        match: .none, into: image))
    var changed = 0
    for pixel in patch.mask.indices {
      let isSame =
        patch.before.pixels[pixel * 3..<pixel * 3 + 3]
        == patch.after.pixels[pixel * 3..<pixel * 3 + 3]
      if patch.mask[pixel] == 0 { #expect(isSame) } else if !isSame { changed += 1 }
    }
    #expect(changed > 100)
    #expect(
      patch.before
        == image.cropped(
          x: patch.x, y: patch.y, width: patch.before.width, height: patch.before.height))
  }

  @Test(arguments: [0, 0.5, -1.2])
  func aFaceThatIsItsOwnChangesLittle(angle: Double) throws {
    let image = Image.waves(side: 200)
    let spot = spot(x: 100, y: 95, size: 90, angle: angle)
    let crops = crops(image, spot)
    let insertion = FaceInsertion()
    let patch = try #require(
      insertion.patch(
        SwappedFaces(crops), originals: crops, at: 0, spot: spot, into: image))
    var worst = 0
    for (own, new) in zip(patch.before.pixels, patch.after.pixels) {
      worst = max(worst, abs(Int(own) - Int(new)))
    }
    #expect(worst <= 6, "\(worst) levels")
  }

  @Test func aFaceOutsideThePictureIsNoPatch() {
    let image = Image.waves(side: 64)
    let spot = spot(x: 500, y: 500, size: 40)
    let crops = crops(image, spot)
    #expect(
      FaceInsertion().patch(
        crops, originals: crops, at: 0, spot: spot, weights: [Float](repeating: 1, count: 4096),
        match: .none, into: image) == nil)
  }

  @Test(arguments: [(1, 1), (1, 90), (47, 33), (255, 301), (256, 256), (400, 130)])
  func inACropTheFaceIsInTheMiddleAndNothingElseChanges(width: Int, height: Int) throws {
    let image = Image.noise(width: width, height: height)
    let noise = Tensor(shape: [1, 64, 64, 3], values: lcg(12288, seed: 8).map { Float($0) })
    let spot = FaceSpot(cropOfWidth: width, height: height, landmarks: nil)
    let crops = crops(image, spot)
    var insertion = FaceInsertion()
    insertion.mask = .ellipse
    let patch = try #require(
      insertion.patch(
        SwappedFaces(noise), originals: crops, at: 0, spot: spot, into: image))
    let region = CropRegion(width: width, height: height)
    #expect(patch.x >= region.columns.lowerBound && patch.y >= region.rows.lowerBound)
    #expect(patch.x + patch.before.width <= region.columns.upperBound)
    #expect(patch.y + patch.before.height <= region.rows.upperBound)
    if width > 30 && height > 30 { #expect(patch.after != patch.before) }
  }

  @Test func facesThatAreNoNumbersDoNotStopIt() throws {
    let broken = Tensor(shape: [1, 64, 64, 3], values: [Float](repeating: .nan, count: 12288))
    let image = Image.noise(width: 64, height: 64)
    let spot = FaceSpot(cropOfWidth: 64, height: 64, landmarks: nil)
    for color in ColorTransfer.allCases {
      var insertion = FaceInsertion()
      (insertion.mask, insertion.colorTransfer) = (.ellipse, color)
      let patch = try #require(
        insertion.patch(
          SwappedFaces(broken), originals: broken, at: 0, spot: spot, into: image))
      #expect(patch.after[x: 32 - patch.x, y: 32 - patch.y] == Color(0, 0, 0))
    }
  }

  @Test func settingsSurviveARoundTrip() throws {
    var insertion = FaceInsertion()
    (insertion.mask, insertion.colorTransfer, insertion.blend) = (.none, .mean, .poisson)
    insertion.sharpening = 0.25
    let json = try JSONEncoder().encode(insertion)
    #expect(try JSONDecoder().decode(FaceInsertion.self, from: json) == insertion)
  }

  @Test func aMembraneMeetsTheOriginalAtTheEdgeAndKeepsDetail() {
    // A face that is the original but darker: nothing remains of the difference.
    let original = FacePatch(width: 64, height: 64, values: waves(side: 64).map { Float($0) })
    var face = original
    for index in face.values.indices { face.values[index] -= 0.2 }
    let weights = MaskShape.ellipse.weights(at: spot(x: 0, y: 0, size: 50), side: 64)
    let joined = face.joined(to: original, mask: weights)
    for pixel in weights.indices where weights[pixel] > 0 {
      for part in pixel * 3..<pixel * 3 + 3 {
        #expect(abs(joined.values[part] - original.values[part]) < 2e-3)
      }
    }
  }

  @Test func aMembraneBringsNoBackdropIntoTheFace() {
    // One face on two backdrops: a blue wall and a dark one, which reach into the mask on one side.
    func patch(_ backdrop: [Float]) -> FacePatch {
      let values = (0..<64 * 64).flatMap { $0 % 64 < 17 ? backdrop : [0.7, 0.5, 0.4] }
      return FacePatch(width: 64, height: 64, values: values)
    }
    let (original, face) = (patch([0, 0.3, 1]), patch([0.1, 0.1, 0.1]))
    let weights = MaskShape.ellipse.weights(at: spot(x: 0, y: 0, size: 50), side: 64)
    let joined = face.joined(to: original, mask: weights)
    #expect(weights.indices.contains { weights[$0] > 0.4 && $0 % 64 < 17 })
    for pixel in weights.indices where weights[pixel] > 0.5 && pixel % 64 >= 17 {
      for part in pixel * 3..<pixel * 3 + 3 {
        #expect(abs(joined.values[part] - face.values[part]) < 0.1)
      }
    }
    let center = (32 * 64 + 32) * 3
    #expect(abs(joined.values[center + 2] - 0.4) < 0.04)
  }

  @Test func flickerIsWhatTheSourceDoesNotExplain() {
    func patch(_ real: UInt8, _ made: UInt8) -> VideoPatch {
      VideoPatch(
        x: 3, y: 4, before: Image(width: 8, height: 8, filled: Color(gray: real)),
        after: Image(width: 8, height: 8, filled: Color(gray: made)),
        mask: [UInt8](repeating: 255, count: 64))
    }
    var flicker = Flicker()
    #expect(flicker.value == nil)
    flicker.note(patch(10, 50), patch(13, 53))
    #expect(flicker.value == 0)
    flicker.note(patch(10, 50), patch(10, 54))
    #expect(flicker.value == 2)
  }
}
