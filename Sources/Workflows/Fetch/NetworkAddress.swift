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
    // IPv4 in IPv6 is told by the address inside.
    let isCarrier = NetworkAddress.carriers.contains { $0.holds(self) }
    let address = isCarrier ? NetworkAddress(four: Array(bytes.suffix(4))) : self
    return (address.bytes.count == 4 || NetworkAddress.assigned.contains { $0.holds(address) })
      && !NetworkAddress.special.contains { $0.holds(address) }
  }

  private init(four: [UInt8]) {
    (bytes, description) = (four, four.map(String.init).joined(separator: "."))
  }

  /// The networks of IPv6 whose addresses end with one of IPv4: mapped addresses, and those that a
  /// translator reaches (RFC 6052).
  static let carriers = ["::ffff:0:0/96", "64:ff9b::/96"].compactMap(Network.init)

  /// The assigned part of IPv6.
  static let assigned = ["2000::/3"].compactMap(Network.init)

  /// The networks that are not of the public internet; of IPv6 those within its assigned part: protocol
  /// assignments such as Teredo, documentation, and 6to4.
  static let special = [
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
    "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3", "2001::/23", "2001:db8::/32", "2002::/16",
    "3fff::/20",
  ].compactMap(Network.init)

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
