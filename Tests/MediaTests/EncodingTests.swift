import Media
import TestSupport
import Testing

struct EncodingTests {
  @Test(arguments: [(1, 1), (1, 9), (7, 1), (33, 20)])
  func pngKeepsEveryBit(width: Int, height: Int) throws {
    let image = Pictures.pattern(width, height)
    let bytes = try image.encoded(as: .png, mark: nil)
    #expect(try Image(decoding: bytes, name: "x") == image)
  }

  @Test(arguments: [(1, 1), (17, 9), (40, 33)])
  func jpegKeepsWhatIsSmooth(width: Int, height: Int) throws {
    var image = Image(width: width, height: height, filled: Color(gray: 0))
    for y in 0..<height {
      for x in 0..<width {
        image[x: x, y: y] = Color(UInt8(40 + 5 * x), UInt8(230 - 4 * y), UInt8(30 + 2 * (x + y)))
      }
    }
    let bytes = try image.encoded(as: .jpeg(quality: 98), mark: nil)
    #expect(difference(try Image(decoding: bytes, name: "x"), image) <= 6)
  }

  @Test func jpegKeepsColorAtFullResolution() throws {
    // One pixel's columns of red and blue: subsampled chroma would make them all violet.
    var image = Image(width: 16, height: 16, filled: Color(200, 30, 30))
    for y in 0..<16 {
      for x in stride(from: 0, to: 16, by: 2) { image[x: x, y: y] = Color(30, 30, 200) }
    }
    let bytes = try image.encoded(as: .jpeg(quality: 95), mark: nil)
    let decoded = try Image(decoding: bytes, name: "x")
    #expect(decoded[x: 8, y: 8].blue > 150)
    #expect(decoded[x: 9, y: 8].red > 150)
  }

  @Test func lowerQualityMakesSmallerFiles() throws {
    let image = Pictures.pattern(64, 64)
    let sizes = try [10, 50, 95].map {
      try image.encoded(as: .jpeg(quality: $0), mark: nil).count
    }
    #expect(sizes == sizes.sorted() && Set(sizes).count == 3)
  }

  @Test(arguments: [PictureFormat.png, .jpeg(quality: 90)])
  func samePictureGivesTheSameBytes(format: PictureFormat) throws {
    let image = Pictures.pattern(31, 17)
    let mark = Mark.synthetic(by: "dflab 1.0")
    #expect(try image.encoded(as: format, mark: mark) == image.encoded(as: format, mark: mark))
  }

  @Test func jpegRefusesASideThatItCannotSay() throws {
    let image = Image(width: 65_501, height: 1, filled: Color(gray: 9))
    #expect(throws: MediaError.unencodable(reason: "65501 pixels per side are too many for JPEG")) {
      try image.encoded(as: .jpeg(quality: 90), mark: nil)
    }
  }
}
