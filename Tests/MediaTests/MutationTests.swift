import Media
import Testing

/// Damaged files must be refused or read, never crash: thousands of small damages.
struct MutationTests {
  @Test(arguments: [
    "rgb.png", "interlaced.png", "palette-clear.png", "rgb16.png", "turned.png",
    "ycbcr.jpg", "progressive.jpg", "cmyk-adobe.jpg", "orientation6.jpg", "wide.jpg", "wide.png",
    "lossy.webp", "clear-lossy.webp", "lossless.webp", "animated.webp", "orientation6.webp",
    "rgb.bmp", "runs.bmp", "clear.bmp", "bits.bmp", "palette.tiff", "lzw.tiff", "packbits.tiff",
    "adobe_deflate.tiff", "rgb16.tiff", "pages.tiff", "wide.tiff", "inks.tiff", "palette.gif",
    "interlaced.gif", "animated.gif", "rgb.jp2", "lossy.jp2", "clear.jp2", "rgb.j2k", "lossy.heic",
    "clear.heic", "orientation7.heic", "ten-bits.heic", "lossy.avif", "clear.avif",
    "orientation5.avif", "ten-bits.avif", "wide.avif",
  ])
  func damagedFilesNeverCrash(name: String) throws {
    let original = try Pictures.bytes(name)
    var fuzzing = Fuzzing(rounds: 500)
    var (read, refused) = (0, 0)
    while fuzzing.goesOn() {
      var bytes = original
      for _ in 0..<fuzzing.chance.below(4) + 1 { fuzzing.chance.damage(&bytes) }
      if name.hasSuffix("png"), fuzzing.chance.below(4) > 0 { bytes = PNGChunk.mended(bytes) }
      do {
        let image = try Image(decoding: bytes, name: name)
        #expect(image.pixels.count == image.width * image.height * 3)
        read += 1
      } catch MediaError.tooLarge, MediaError.truncated, MediaError.damaged,
        MediaError.notAPicture, MediaError.emptyFile, MediaError.unsupported
      {
        refused += 1
      }
    }
    // Both ways were walked: the damage is neither too gentle nor too rough to test anything. Almost
    // every damage to a BMP is another picture.
    #expect(
      read > 0 && refused > (name.hasSuffix("bmp") ? 3 : 10), "\(read) read, \(refused) refused")
  }
}
