import Media
import Testing

struct GeometryTests {
  // Each golden file was made by Pictures/make.py, from `pattern(160, 120)`, with
  // cv2.resize(source, (64, 48), interpolation=cv2.INTER_AREA) and its like;
  // Image.fromarray(channel).resize((64, 48), Image.Resampling.LANCZOS), in floats, for Lanczos.
  @Test(arguments: [
    ("area-64x48.png", ResizeFilter.area), ("area-80x60.png", .area), ("area-37x101.png", .area),
    ("bilinear-64x48.png", .bilinear), ("lanczos-64x48.png", .lanczos),
  ])
  func shrinkingMatchesOpenCVAndPIL(name: String, filter: ResizeFilter) throws {
    let golden = try Image(reading: Pictures.path(name))
    let resized = Pictures.pattern(160, 120).resized(
      width: golden.width, height: golden.height, filter: filter)
    #expect(difference(resized, golden) <= 1)
  }

  @Test(arguments: [("bilinear-53x44.png", ResizeFilter.bilinear), ("lanczos-53x44.png", .lanczos)])
  func enlargingMatchesOpenCVAndPIL(name: String, filter: ResizeFilter) throws {
    let golden = try Image(reading: Pictures.path(name))
    let resized = Pictures.pattern(40, 30).resized(width: 53, height: 44, filter: filter)
    #expect(difference(resized, golden) <= 1)
  }

  @Test(arguments: [ResizeFilter.area, .bilinear, .lanczos])
  func oneColorStaysOneColor(filter: ResizeFilter) {
    let color = Color(255, 1, 128)
    for (width, height) in [(1, 1), (3, 50), (13, 7), (200, 2)] {
      let resized = Image(width: 13, height: 7, filled: color).resized(
        width: width, height: height, filter: filter)
      #expect(resized == Image(width: width, height: height, filled: color))
    }
  }

  @Test(arguments: [ResizeFilter.area, .bilinear, .lanczos])
  func onePixelGrowsIntoAPicture(filter: ResizeFilter) {
    let dot = Image(width: 1, height: 1, pixels: [9, 8, 7])
    #expect(
      dot.resized(width: 5, height: 4, filter: filter)
        == Image(width: 5, height: 4, filled: Color(9, 8, 7)))
  }

  @Test(arguments: [ResizeFilter.area, .bilinear, .lanczos])
  func theSameSizeIsTheSamePicture(filter: ResizeFilter) {
    let image = Pictures.pattern(9, 5)
    #expect(image.resized(width: 9, height: 5, filter: filter) == image)
  }

  @Test func aMirrorTwiceIsThePictureAgain() {
    let image = Pictures.pattern(7, 3)
    let mirrored = image.flippedHorizontally()
    #expect(mirrored[x: 0, y: 1] == image[x: 6, y: 1])
    #expect(mirrored.flippedHorizontally() == image)
  }

  @Test func aCropLaidBackChangesNothing() {
    let image = Pictures.pattern(9, 8)
    let part = image.cropped(x: 2, y: 3, width: 4, height: 5)
    #expect([part.width, part.height] == [4, 5])
    #expect(part[x: 3, y: 4] == image[x: 5, y: 7])
    var copy = image
    copy.paste(part, x: 2, y: 3)
    #expect(copy == image)
    copy.paste(part, x: 0, y: 0)
    #expect(copy[x: 0, y: 0] == image[x: 2, y: 3])
    #expect(copy[x: 8, y: 7] == image[x: 8, y: 7])
  }
}
