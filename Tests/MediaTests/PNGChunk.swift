/// One part of a PNG file, for looking into what was written.
struct PNGChunk {
  let kind: String
  let data: [UInt8]
  let checksum: UInt32

  /// The parts of a well-formed file.
  static func all(in bytes: [UInt8]) -> [PNGChunk] {
    var chunks: [PNGChunk] = []
    var position = 8
    while position + 12 <= bytes.count {
      let length = Int(number(bytes[position..<(position + 4)]))
      let body = position + 8
      guard body + length + 4 <= bytes.count else { break }
      chunks.append(
        PNGChunk(
          kind: String(decoding: bytes[(position + 4)..<body], as: UTF8.self),
          data: Array(bytes[body..<(body + length)]),
          checksum: number(bytes[(body + length)..<(body + length + 4)])))
      position = body + length + 4
    }
    return chunks
  }

  /// The same file with every checksum made right, so that damage gets past them.
  static func mended(_ bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    var position = 8
    while position + 12 <= bytes.count {
      let end = position + 8 + Int(number(bytes[position..<(position + 4)]))
      guard end + 4 <= bytes.count else { break }
      let checksum = crc32(bytes[(position + 4)..<end])
      for index in 0..<4 {
        result[end + index] = UInt8(truncatingIfNeeded: checksum >> (24 - 8 * index))
      }
      position = end + 4
    }
    return result
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.reduce(0) { $0 << 8 | UInt32($1) }
  }
}

/// PNG's checksum (ISO 3309).
func crc32(_ bytes: some Sequence<UInt8>) -> UInt32 {
  ~bytes.reduce(~0) { crc, byte in
    (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1
    }
  }
}
