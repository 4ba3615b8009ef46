import Engine
import Media
import Synthesis
import TestSupport
import Testing

@testable import Faces

/// Small and large faces in pictures of many pixels.
@Suite struct LargePicturesTests {
  /// A calm picture of 4K with a portrait of the given side in it.
  private func picture(_ side: Int, x: Int, y: Int) -> Image {
    var picture = Image(width: 3840, height: 2160, filled: Color(90, 110, 100))
    picture.paste(Scene().rendered(side: side).image, x: x, y: y)
    return picture
  }

  @Test(arguments: [(112, 3000, 1500), (300, 40, 1700), (1500, 1900, 300)])
  func facesOfEverySizeAreFoundWhereTheyAre(side: Int, x: Int, y: Int) throws {
    let finder = try FaceFinder()
    let alone = try #require(
      try finder.find(in: Scene().rendered(side: 600).image).first)
    let scale = Double(side) / 600
    let expected = FaceBox(
      x: Double(x) + alone.box.x * scale, y: Double(y) + alone.box.y * scale,
      width: alone.box.width * scale, height: alone.box.height * scale)
    for extent in [SearchExtent.all, .largest] {
      let found = try finder.find(in: picture(side, x: x, y: y), smallest: 40, extent: extent)
      #expect(found.count == 1, "\(found.count) faces")
      let box = try #require(found.first).box
      // The finder's boxes lie on a grid of some pixels of the searched picture.
      #expect(abs(box.x + box.width / 2 - expected.x - expected.width / 2) < 0.2 * expected.width)
      #expect(abs(box.y + box.height / 2 - expected.y - expected.height / 2) < 0.2 * expected.width)
      #expect((0.7...1.4).contains(box.width / expected.width))
    }
  }

  @Test func aCalmPictureIsSearchedOnlyWhereSomethingIs() {
    let image = picture(112, x: 3000, y: 1500)
    var levels = PictureLevels(of: image, scale: 2)
    #expect(levels.scales == [0.125, 0.25, 0.5, 1, 2])
    let parts = levels.parts(at: 2, near: [])
    #expect(parts.count == 1)
    let part = parts[0]
    #expect(part.x <= 3000 && part.x + part.width >= 3112)
    #expect(part.y <= 1500 && part.y + part.height >= 1612)
    #expect(part.width * part.height < image.width * image.height / 100)
    // The smallest size is searched as a whole.
    #expect(levels.parts(at: 0.125, near: []) == [levels.whole])
    let elsewhere = FaceBox(x: 100, y: 100, width: 60, height: 60)
    #expect(levels.parts(at: 2, near: [elsewhere]).isEmpty)
  }

  @Test func aBusyPictureIsSearchedInPiecesThatOverlap() {
    let image = Image.noise(width: 1600, height: 1200).resized(
      width: 3200, height: 2400, filter: .bilinear)
    var levels = PictureLevels(of: image, scale: 2)
    let parts = levels.parts(at: 2, near: [])
    #expect(parts.count > 4)
    #expect(parts.allSatisfy { $0.width * $0.height * 4 <= 3_000_000 })
    // A smallest face at any place lies in one of the pieces.
    for (x, y) in [(0, 0), (3160, 2360), (1580, 1180), (780, 600), (1300, 2000)] {
      #expect(
        parts.contains {
          $0.x <= x && $0.y <= y && x + 40 <= $0.x + $0.width && y + 40 <= $0.y + $0.height
        }, "\(x), \(y)")
    }
  }

  @Test func aSmallPictureIsSearchedAtOnce() {
    let levels = PictureLevels(of: Image(width: 640, height: 480, filled: Color(1, 2, 3)), scale: 1)
    #expect(levels.scales == [1])
  }

  @Test func halvingAveragesFourPixels() {
    let image = Image(
      width: 3, height: 2,
      pixels: [10, 0, 255, 20, 0, 255, 9, 9, 9, 30, 0, 255, 42, 2, 255, 9, 9, 9])
    #expect(image.halved() == Image(width: 1, height: 1, pixels: [26, 1, 255]))
  }
}
