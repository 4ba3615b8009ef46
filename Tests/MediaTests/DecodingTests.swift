import Media
import Testing

/// Files of every kind against what `Pictures/make.py` expects of them.
struct DecodingTests {
  @Test(arguments: [
    "1x1.png", "rgb.png", "interlaced.png", "gray.png", "gray1.png", "gray16.png", "rgb16.png",
    "grayalpha.png", "rgba.png", "rgba-interlaced.png", "palette.png", "palette-clear.png",
    "gamma.png", "turned.png",
  ])
  func everyKindOfPNGIsReadExactly(name: String) throws {
    let expected = try #require(try Pictures.expected()[name])
    let image = try Image(reading: Pictures.path(name))
    #expect([image.width, image.height] == [expected.width, expected.height])
    #expect(image.pixels == expected.pixels)
  }

  @Test(arguments: [
    "1x1.jpg", "ycbcr.jpg", "progressive.jpg", "full-chroma.jpg", "gray.jpg", "cmyk-adobe.jpg",
    "cmyk-plain.jpg", "ycck.jpg",
  ])
  func everyKindOfJPEGIsReadAsPILReadsIt(name: String) throws {
    let expected = try #require(try Pictures.expected()[name])
    let image = try Image(reading: Pictures.path(name))
    let reference = Image(width: expected.width, height: expected.height, pixels: expected.pixels)
    // Versions of libjpeg round differently by a level.
    #expect(difference(image, reference) <= 2)
  }

  @Test(arguments: 1...8)
  func camerasOrientationIsApplied(orientation: Int) throws {
    let name = "orientation\(orientation).jpg"
    let expected = try #require(try Pictures.expected()[name])
    let image = try Image(reading: Pictures.path(name))
    let reference = Image(width: expected.width, height: expected.height, pixels: expected.pixels)
    #expect(difference(image, reference) <= 2)
    #expect(image.width == (orientation < 5 ? 19 : 13))
  }

  @Test func contentsDecideNotTheName() throws {
    let bytes = try Pictures.bytes("rgb.png")
    #expect(try Image(decoding: bytes, name: "x.jpg") == Pictures.pattern(11, 7))
  }

  @Test func bytesAfterAPictureAreNoHarm() throws {
    for name in ["rgb.png", "ycbcr.jpg"] {
      let bytes = try Pictures.bytes(name)
      let whole = try Image(decoding: bytes, name: name)
      #expect(try Image(decoding: bytes + [0, 1, 2, 3], name: name) == whole)
    }
  }
}
