import Engine
import Faces
import Foundation
import Media
import TestSupport
import Testing

@testable import Generation

@Suite struct BlendTests {
  private let white = Tensor(
    shape: [1, 64, 64, 3], values: [Float](repeating: 1, count: 12288))

  @Test(arguments: [(1, 1), (1, 90), (47, 33), (255, 301), (256, 256), (400, 130)])
  func outsideTheMaskEveryByteIsThePictures(width: Int, height: Int) {
    let image = Image.noise(width: width, height: height)
    var blend = Blend()
    blend.sharpening = 0.5
    let noise = Tensor(shape: [1, 64, 64, 3], values: lcg(12288, seed: 8).map { Float($0) })
    let blended = blend(noise, into: image)
    #expect(blended.width == width && blended.height == height)
    let region = CropRegion(width: width, height: height)
    let weights = blend.weights(in: region)
    var changed = 0
    for y in 0..<height {
      for x in 0..<width {
        let inside = region.rows.contains(y) && region.columns.contains(x)
        let at = (y - region.rows.lowerBound) * region.columns.count + x - region.columns.lowerBound
        if inside && weights[at] > 0 { continue }
        changed += blended[x: x, y: y] == image[x: x, y: y] ? 0 : 1
      }
    }
    #expect(changed == 0)
    if width > 30 && height > 30 { #expect(blended != image) }
  }

  @Test func inTheMiddleTheFaceIsAllThereIs() {
    var blend = Blend()
    blend.color = .none
    let image = Image(width: 300, height: 200, filled: Color(10, 20, 30))
    let blended = blend(white, into: image)
    #expect(blended[x: 150, y: 101] == Color(255, 255, 255))
    #expect(blended[x: 0, y: 0] == Color(10, 20, 30))
    // The face ends with the crop, 62.5 of 100 pixels around the middle of the square.
    #expect(blended[x: 150, y: 36] == Color(10, 20, 30))
    #expect(blended[x: 86, y: 100] == Color(10, 20, 30))
  }

  @Test func aPicturesOwnFaceLeavesItNearlyAsItWas() {
    let image = Image.waves(side: 256)
    for color in ColorTransfer.allCases {
      var blend = Blend()
      blend.color = color
      let blended = blend(Crop.face(image), into: image)
      #expect(largestDifference(image, blended) <= 3)
    }
  }

  @Test func colorFollowsThePicture() {
    let image = Image(width: 256, height: 256, filled: Color(90, 120, 60))
    let blended = Blend()(white, into: image)
    #expect(largestDifference(image, blended) <= 1)
  }

  @Test func theNamedFaceOfABatchIsTaken() {
    let black = [Float](repeating: 0, count: 12288)
    let faces = Tensor(shape: [2, 64, 64, 3], values: black + white.values)
    var blend = Blend()
    blend.color = .none
    let image = Image(width: 64, height: 64, filled: Color(100, 100, 100))
    #expect(blend(faces, at: 0, into: image)[x: 32, y: 32] == Color(0, 0, 0))
    #expect(blend(faces, at: 1, into: image) == blend(white, into: image))
  }

  @Test func facesThatAreNoNumbersDoNotStopIt() {
    let broken = Tensor(shape: [1, 64, 64, 3], values: [Float](repeating: .nan, count: 12288))
    let image = Image.noise(width: 64, height: 64)
    for color in ColorTransfer.allCases {
      var blend = Blend()
      blend.color = color
      #expect(blend(broken, into: image)[x: 32, y: 32] == Color(0, 0, 0))
    }
  }

  @Test func settingsSurviveARoundTrip() throws {
    var blend = Blend()
    blend.color = .mean
    blend.sharpening = 0.25
    blend.mask.feather = 0.1
    let json = try JSONEncoder().encode(blend)
    #expect(try JSONDecoder().decode(Blend.self, from: json) == blend)
  }

  private func largestDifference(_ left: Image, _ right: Image) -> Int {
    zip(left.pixels, right.pixels).map { abs(Int($0) - Int($1)) }.reduce(0, max)
  }
}
