/// Red, green and blue in one word, 21 bits each: one multiplication weights all three.
///
/// A sum is exact as long as its weights sum to at most 8224.
struct PackedPixel {
  private let bits: UInt64

  @inline(__always)
  private init(bits: UInt64) { self.bits = bits }

  /// Black.
  static let zero = PackedPixel(bits: 0)

  /// The pixel with its red at byte `at`.
  @inline(__always)
  init(_ pixels: Span<UInt8>, at: Int) {
    bits = UInt64(pixels[at]) | UInt64(pixels[at &+ 1]) << 21 | UInt64(pixels[at &+ 2]) << 42
  }

  /// The three sums.
  var red: Int { Int(bits & 0x1F_FFFF) }
  var green: Int { Int(bits >> 21 & 0x1F_FFFF) }
  var blue: Int { Int(bits >> 42) }

  @inline(__always)
  static func + (left: PackedPixel, right: PackedPixel) -> PackedPixel {
    PackedPixel(bits: left.bits &+ right.bits)
  }

  @inline(__always)
  static func * (left: PackedPixel, weight: UInt64) -> PackedPixel {
    PackedPixel(bits: left.bits &* weight)
  }
}
