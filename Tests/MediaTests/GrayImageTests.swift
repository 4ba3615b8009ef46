import Media
import TestSupport
import Testing

struct GrayImageTests {
  @Test func eightBitsComeBack() throws {
    let values = (0..<35).map { UInt8($0 * 7) }
    let bytes = try GrayImage(width: 7, height: 5, values: values).encoded(mark: nil)
    // IHDR: width, height, bits, color type 0 is gray.
    let header = try #require(PNGChunk.all(in: bytes).first)
    #expect(header.data == [0, 0, 0, 7, 0, 0, 0, 5, 8, 0, 0, 0, 0])
    #expect(try Image(decoding: bytes, name: "x").pixels == values.flatMap { [$0, $0, $0] })
  }

  @Test func sixteenBitsKeepBothBytes() throws {
    let values: [UInt16] = [0, 1, 255, 256, 1200, 40_000, 65_535, 515]
    let bytes = try GrayImage(width: 4, height: 2, values: values).encoded(mark: nil)
    let chunks = PNGChunk.all(in: bytes)
    #expect(chunks.first?.data == [0, 0, 0, 4, 0, 0, 0, 2, 16, 0, 0, 0, 0])
    // >>> [round(v * 255 / 65535) for v in (0, 1, 255, 256, 1200, 40000, 65535, 515)]
    let expected: [UInt8] = [0, 0, 1, 1, 5, 156, 255, 2]
    #expect(try Image(decoding: bytes, name: "x").pixels == expected.flatMap { [$0, $0, $0] })
  }

  @Test func rendersSayThatAnAlgorithmMadeThem() throws {
    let gray = GrayImage(width: 1, height: 1, values: [UInt8(3)])
    let chunks = PNGChunk.all(in: try gray.encoded(mark: .rendered(by: "dflab 1.2")))
    let xmp = try #require(chunks.first { $0.kind == "iTXt" })
    #expect(
      String(decoding: xmp.data, as: UTF8.self).contains(
        "DigitalSourceType=\"http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia\""))
    #expect(chunks.first { $0.kind == "tEXt" }?.data == Array("Software\0dflab 1.2".utf8))
  }
}
