import Foundation
import Media
import Testing

/// Pictures of other formats than JPEG and PNG, as other programs wrote them, and color profiles.
struct FormatTests {
  @Test func everyFormatIsReadAsTheProgramsThatWroteIt() throws {
    let all = try Pictures.otherKinds()
    #expect(all.count > 80)
    for (name, expected) in all {
      let image = try Image(reading: Pictures.path(name))
      let off = difference(image, expected.image)
      #expect(off <= expected.tolerance ?? 0, "\(name) is off by \(off)")
    }
  }

  @Test(arguments: ["webp", "tiff", "heic", "avif"], 1...8)
  func orientationIsApplied(ending: String, orientation: Int) throws {
    let image = try Image(reading: Pictures.path("orientation\(orientation).\(ending)"))
    #expect(image.width == (orientation < 5 ? 19 : 13))
    let upright = try #require(
      try Pictures.otherKinds()["orientation\(orientation).\(ending)"]
    ).image
    #expect(difference(image, upright) <= 12)
  }

  @Test(arguments: ["png", "jpg", "webp", "tiff", "heic", "avif"])
  func aWideProfileIsConvertedAndThatOfSRGBChangesNothing(ending: String) throws {
    let plain = try Image(reading: Pictures.path("srgb.\(ending)"))
    let wide = try Image(reading: Pictures.path("wide.\(ending)"))
    #expect(difference(plain, wide) > 15)
  }

  @Test func contentsDecideNotTheName() throws {
    let bytes = try Pictures.bytes("lossless.webp")
    let expected = try #require(try Pictures.otherKinds()["lossless.webp"]).image
    #expect(try Image(decoding: bytes, name: "x.jpg") == expected)
  }

  @Test func bytesAfterAPictureAreNoHarm() throws {
    let names = [
      "lossless.webp", "rgb.bmp", "raw.tiff", "palette.gif", "rgb.jp2", "lossy.heic", "lossy.avif",
    ]
    for name in names {
      let bytes = try Pictures.bytes(name)
      let whole = try Image(decoding: bytes, name: name)
      #expect(try Image(decoding: bytes + [0, 1, 2, 3], name: name) == whole, "\(name)")
    }
  }
}
