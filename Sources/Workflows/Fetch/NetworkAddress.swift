import Foundation

/// The numeric address of a machine, IPv4 or IPv6.
struct NetworkAddress: Equatable, Sendable, CustomStringConvertible {
  /// 4 or 16.
  let bytes: [UInt8]
  /// The address in the system's notation.
  let description: String

  /// Nil for what is not an address as the system writes it, and for one of an interface's zone.
  init?(_ text: String) {
    guard let bytes = text.contains(":") ? NetworkAddress.six(text) : NetworkAddress.four(text)
    else { return nil }
    (self.bytes, description) = (bytes, text)
  }

  /// Whether it is one of the public internet's: no loopback, private, link-local, multicast, reserved or
  /// documentation address (IANA's special-purpose registries, RFC 6890).
  var isPublic: Bool {
    guard bytes.count == 16 else { return NetworkAddress.isPublic(bytes) }
    let inner = Array(bytes.suffix(4))
    // IPv4 in IPv6: mapped addresses, and those that a translator reaches (RFC 6052).
    for prefix in NetworkAddress.carriers where bytes.starts(with: prefix) {
      return NetworkAddress.isPublic(inner)
    }
    return bytes[0] & 0xE0 == 0x20
      && !NetworkAddress.reserved.contains { NetworkAddress.matches(bytes, $0.prefix, $0.bits) }
  }

  private static let carriers: [[UInt8]] = [
    [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF],
    [0, 0x64, 0xFF, 0x9B] + [UInt8](repeating: 0, count: 8),
  ]

  /// Within `2000::/3`: protocol assignments such as Teredo, documentation, and 6to4.
  private static let reserved: [(prefix: [UInt8], bits: Int)] = [
    ([0x20, 0x01, 0, 0], 23), ([0x20, 0x01, 0x0D, 0xB8], 32), ([0x20, 0x02], 16),
    ([0x3F, 0xFF, 0, 0], 20),
  ]

  private static let privateFours: [(prefix: [UInt8], bits: Int)] = [
    ([0], 8), ([10], 8), ([100, 64], 10), ([127], 8), ([169, 254], 16), ([172, 16], 12),
    ([192, 0, 0], 24), ([192, 0, 2], 24), ([192, 88, 99], 24), ([192, 168], 16), ([198, 18], 15),
    ([198, 51, 100], 24), ([203, 0, 113], 24), ([224], 3),
  ]

  private static func isPublic(_ four: [UInt8]) -> Bool {
    !privateFours.contains { matches(four, $0.prefix, $0.bits) }
  }

  /// Whether the first bits of an address are those of a prefix.
  private static func matches(_ bytes: [UInt8], _ prefix: [UInt8], _ bits: Int) -> Bool {
    (0..<bits).allSatisfy { bit in
      let mask = UInt8(0x80 >> (bit & 7))
      return bytes[bit / 8] & mask == prefix[bit / 8] & mask
    }
  }

  private static func four(_ text: some StringProtocol) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let bytes = parts.compactMap { part in
      part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? UInt8(part) : nil
    }
    return parts.count == 4 && bytes.count == 4 ? bytes : nil
  }

  private static func six(_ text: String) -> [UInt8]? {
    let sides = text.components(separatedBy: "::")
    guard sides.count <= 2 else { return nil }
    let halves = sides.indices.map { index -> [UInt8]? in
      let side = sides[index]
      var bytes: [UInt8] = []
      let groups = side.isEmpty ? [] : side.split(separator: ":", omittingEmptySubsequences: false)
      for (place, group) in groups.enumerated() {
        if group.contains(".") {
          // IPv4's notation ends an address.
          guard index == sides.count - 1, place == groups.count - 1, let four = four(group)
          else { return nil }
          bytes += four
        } else {
          guard (1...4).contains(group.count), group.allSatisfy(\.isHexDigit),
            let value = UInt16(group, radix: 16)
          else { return nil }
          bytes += [UInt8(value >> 8), UInt8(value & 0xFF)]
        }
      }
      return bytes
    }
    guard let first = halves[0], let last = halves.count == 2 ? halves[1] : [] else { return nil }
    let missing = 16 - first.count - last.count
    guard sides.count == 2 ? missing > 0 : missing == 0 else { return nil }
    return first + [UInt8](repeating: 0, count: missing) + last
  }
}
