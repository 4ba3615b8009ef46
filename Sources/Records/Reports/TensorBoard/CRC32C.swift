/// The Castagnoli checksum (RFC 3720, appendix B.4), masked as in record files.
enum CRC32C {
  /// The remainder of each byte.
  private static let table: [UInt32] = (0..<256).map { (value: UInt32) in
    (0..<8).reduce(value) { remainder, _ in
      remainder & 1 == 1 ? remainder >> 1 ^ 0x82F6_3B78 : remainder >> 1
    }
  }

  /// The checksum of some bytes.
  static func of(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { remainder, byte in
      remainder >> 8 ^ table[Int((remainder ^ UInt32(byte)) & 0xFF)]
    }
  }

  /// The checksum, rotated and offset, so that checksums of data with checksums stay useful.
  static func masked(_ bytes: [UInt8]) -> UInt32 {
    let plain = of(bytes)
    return (plain >> 15 | plain << 17) &+ 0xA282_EAD8
  }
}
