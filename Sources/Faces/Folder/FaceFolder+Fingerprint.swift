import Engine
import Media

extension FaceFolder {
  /// What the names and pixels of all usable pictures add up to: 16 hexadecimal digits.
  ///
  /// FNV-1a (Fowler, Noll & Vo): tells folders apart that differ by accident, not by malice.
  public var fingerprint: String {
    let parts = ThreadPool.map(pictures.count) { index in
      FaceFolder.hash(
        pictures[index].image.pixels, from: FaceFolder.hash(pictures[index].name.utf8))
    }
    let sum = parts.reduce(FaceFolder.hash(EmptyCollection())) { sum, part in
      FaceFolder.hash((0..<8).map { UInt8(truncatingIfNeeded: part >> (8 * $0)) }, from: sum)
    }
    let digits = String(sum, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private static func hash(
    _ bytes: some Sequence<UInt8>, from start: UInt64 = 0xCBF2_9CE4_8422_2325
  ) -> UInt64 {
    bytes.reduce(start) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
