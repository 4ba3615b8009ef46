/// The addresses that begin with the same bits.
struct Network: Sendable, CustomStringConvertible {
  /// The first address and the number of bits, such as `10.0.0.0/8`.
  let description: String
  private let first: [UInt8]
  private let bits: Int

  /// Nil for what is no such notation.
  init?(_ text: String) {
    let parts = text.split(separator: "/")
    guard parts.count == 2, let address = NetworkAddress(String(parts[0])),
      let bits = Int(parts[1]), (0...8 * address.bytes.count).contains(bits)
    else { return nil }
    (description, first, self.bits) = (text, address.bytes, bits)
  }

  /// Whether an address begins with the same bits; one of another kind does not.
  func holds(_ address: NetworkAddress) -> Bool {
    address.bytes.count == first.count
      && (0..<bits).allSatisfy { bit in
        let mask = UInt8(0x80 >> (bit & 7))
        return address.bytes[bit / 8] & mask == first[bit / 8] & mask
      }
  }
}
