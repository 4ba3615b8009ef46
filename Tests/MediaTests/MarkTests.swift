import Media
import TestSupport
import Testing

/// What made pictures say, read from the bytes by the formats' own rules.
struct MarkTests {
  private let term = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"

  @Test func pngSaysThatItWasMade() throws {
    let bytes = try Pictures.pattern(5, 4).encoded(as: .png, mark: .synthetic(by: "dflab 1.2"))
    let chunks = PNGChunk.all(in: bytes)
    let software = try #require(chunks.first { $0.kind == "tEXt" })
    #expect(software.data == Array("Software\0dflab 1.2".utf8))
    let xmp = try #require(chunks.first { $0.kind == "iTXt" })
    // Keyword, a zero, no compression, its method, no language, no translated keyword.
    #expect(xmp.data.starts(with: Array("XML:com.adobe.xmp\0\0\0\0\0".utf8)))
    expectPacket(String(decoding: xmp.data.dropFirst(22), as: UTF8.self))
    #expect(chunks.allSatisfy { $0.checksum == crc32($0.kind.utf8 + $0.data) })
  }

  @Test func jpegSaysThatItWasMade() throws {
    let bytes = try Pictures.pattern(5, 4).encoded(
      as: .jpeg(quality: 90), mark: .synthetic(by: "dflab 1.2"))
    let name = Array("http://ns.adobe.com/xap/1.0/\0".utf8)
    // SOI, JFIF's APP0 of 16 bytes, then APP1.
    #expect(bytes[20..<22] == [0xFF, 0xE1])
    let length = Int(bytes[22]) << 8 | Int(bytes[23])
    let segment = bytes[24..<(22 + length)]
    #expect(segment.starts(with: name))
    expectPacket(String(decoding: segment.dropFirst(name.count), as: UTF8.self))
  }

  @Test func marksChangeNoPixel() throws {
    let image = Pictures.pattern(24, 24)
    let mark = Mark.synthetic(by: "dflab 1.2")
    for format in [PictureFormat.png, .jpeg(quality: 90)] {
      let marked = try Image(decoding: image.encoded(as: format, mark: mark), name: "x")
      let plain = try Image(decoding: image.encoded(as: format, mark: nil), name: "x")
      #expect(marked == plain)
    }
  }

  @Test func unmarkedPicturesSayNothing() throws {
    let image = Pictures.pattern(5, 4)
    let png = PNGChunk.all(in: try image.encoded(as: .png, mark: nil)).map(\.kind)
    #expect(png == ["IHDR", "IDAT", "IEND"])
    let jpeg = try image.encoded(as: .jpeg(quality: 90), mark: nil)
    #expect(jpeg[20..<22] != [0xFF, 0xE1])
  }

  @Test func namesThatXMLCannotHoldAreEscaped() throws {
    let mark = Mark.synthetic(by: "a<b> & \"ž\"\n")
    let chunks = PNGChunk.all(in: try Pictures.pattern(2, 2).encoded(as: .png, mark: mark))
    let xmp = try #require(chunks.first { $0.kind == "iTXt" })
    let text = String(decoding: xmp.data, as: UTF8.self)
    #expect(text.contains("CreatorTool=\"a&lt;b&gt; &amp; &quot;ž&quot; \""))
    let software = try #require(chunks.first { $0.kind == "tEXt" })
    #expect(software.data == Array("Software\0a<b> & \"?\"?".utf8))
  }

  private func expectPacket(_ text: String) {
    #expect(text.hasPrefix("<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>"))
    #expect(text.hasSuffix("<?xpacket end=\"r\"?>"))
    #expect(text.contains("Iptc4xmpExt:DigitalSourceType=\"\(term)\""))
    #expect(text.contains("xmp:CreatorTool=\"dflab 1.2\""))
  }
}
