import Faces
import Foundation
import Media
import TestSupport
import Testing

@testable import Generation

@Suite struct InsertionFitTests {
  /// A change of the whole of a picture by so many levels under the ellipse.
  private func patch(_ image: Image, by levels: Int) -> VideoPatch {
    let mask = EllipseMask()
    let side = image.width
    let weights = (0..<side * side).map { pixel in
      mask.weight(
        x: (Double(pixel % side) + 0.5) / Double(side),
        y: (Double(pixel / side) + 0.5) / Double(side))
    }
    var after = image
    for part in after.pixels.indices {
      let level = Double(image.pixels[part]) + weights[part / 3] * Double(levels)
      after.pixels[part] = UInt8(min(max(level.rounded(), 0), 255))
    }
    return VideoPatch(
      x: 0, y: 0, before: image, after: after, mask: weights.map { UInt8(($0 * 255).rounded()) })
  }

  @Test func aFaceThatIsItsOwnFits() throws {
    var fit = InsertionFit()
    fit.note(patch(Image.waves(side: 160), by: 0))
    #expect(fit.faces == 1 && fit.original == fit.swapped)
    #expect(try #require(fit.original).sharpness > 0)
  }

  @Test func aStepAtTheEdgeIsASeam() throws {
    var fit = InsertionFit()
    fit.note(patch(Image.waves(side: 160), by: 60))
    let (own, new) = (try #require(fit.original), try #require(fit.swapped))
    #expect(new.seam > 1.15 * own.seam)
    // Inside, nothing but the level has changed.
    #expect(abs(new.sharpness / own.sharpness - 1) < 0.05)
  }

  @Test func meansAreOverAllFaces() throws {
    var (first, second) = (InsertionFit(), InsertionFit())
    first.note(patch(Image.waves(side: 160), by: 0))
    second.note(patch(Image.waves(side: 160), by: 60))
    let seams = [try #require(first.swapped).seam, try #require(second.swapped).seam]
    let mean = (seams[0] + seams[1]) / 2
    first.add(second)
    let sum = try #require(first.swapped).seam
    #expect(first.faces == 2 && abs(sum - mean) < 1e-12)
    let json = try JSONEncoder().encode(first)
    let decoded = try JSONDecoder().decode(InsertionFit.self, from: json)
    let read = try #require(decoded.swapped).seam
    #expect(decoded.faces == 2 && abs(read - mean) < 1e-9)
  }

  @Test func withoutSurroundingsNothingIsMeasured() {
    let image = Image.waves(side: 64)
    var fit = InsertionFit()
    fit.note(
      VideoPatch(
        x: 0, y: 0, before: image, after: image, mask: [UInt8](repeating: 255, count: 64 * 64)))
    #expect(fit.faces == 0 && fit.original == nil && fit.swapped == nil)
  }
}
