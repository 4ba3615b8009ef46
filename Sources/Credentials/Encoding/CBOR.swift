/// A value in CBOR (RFC 8949), as C2PA's claims and assertions are written.
indirect enum CBOR: Equatable, Sendable {
  case unsigned(UInt64)
  /// The value -1 - n.
  case negative(UInt64)
  case bytes([UInt8])
  case text(String)
  case array([CBOR])
  case map([Entry])
  case tagged(UInt64, CBOR)
  case bool(Bool)
  case null, undefined
  case double(Double)

  /// An entry of a map.
  struct Entry: Equatable, Sendable {
    let key: CBOR
    let value: CBOR
  }

  /// A map with texts as keys; nil values are omitted.
  static func map(_ entries: KeyValuePairs<String, CBOR?>) -> CBOR {
    .map(entries.compactMap { key, value in value.map { Entry(key: .text(key), value: $0) } })
  }

  /// The value of a text key in a map; nil for other values and missing keys.
  subscript(key: String) -> CBOR? { self[.text(key)] }

  /// The value of a key in a map; nil for other values and missing keys.
  subscript(key: CBOR) -> CBOR? {
    guard case .map(let entries) = self else { return nil }
    return entries.first { $0.key == key }?.value
  }

  var text: String? { if case .text(let text) = self { text } else { nil } }
  var bytes: [UInt8]? { if case .bytes(let bytes) = self { bytes } else { nil } }
  var array: [CBOR]? { if case .array(let values) = self { values } else { nil } }

  /// The value of a number that is not negative; nil for others.
  var number: Int? { if case .unsigned(let number) = self { Int(exactly: number) } else { nil } }

  /// An integer of either sign; nil for others.
  var integer: Int? {
    if case .negative(let number) = self { Int(exactly: number).map { -1 - $0 } } else { number }
  }

  /// The bytes with the shortest heads and sorted keys (RFC 8949, section 4.2.1).
  var encoded: [UInt8] {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return bytes
  }

  private func append(to bytes: inout [UInt8]) {
    switch self {
    case .unsigned(let value): CBOR.append(0, value, to: &bytes)
    case .negative(let value): CBOR.append(1, value, to: &bytes)
    case .bytes(let value):
      CBOR.append(2, UInt64(value.count), to: &bytes)
      bytes += value
    case .text(let value):
      CBOR.append(3, UInt64(value.utf8.count), to: &bytes)
      bytes += value.utf8
    case .array(let values):
      CBOR.append(4, UInt64(values.count), to: &bytes)
      for value in values { value.append(to: &bytes) }
    case .map(let entries):
      CBOR.append(5, UInt64(entries.count), to: &bytes)
      let pairs = entries.map { ($0.key.encoded, $0.value) }
      for (key, value) in pairs.sorted(by: { $0.0.lexicographicallyPrecedes($1.0) }) {
        bytes += key
        value.append(to: &bytes)
      }
    case .tagged(let tag, let value):
      CBOR.append(6, tag, to: &bytes)
      value.append(to: &bytes)
    case .bool(let value): bytes.append(value ? 0xF5 : 0xF4)
    case .null: bytes.append(0xF6)
    case .undefined: bytes.append(0xF7)
    case .double(let value):
      bytes.append(0xFB)
      bytes += BigEndian.bytes(value.bitPattern)
    }
  }

  private static func append(_ major: UInt8, _ value: UInt64, to bytes: inout [UInt8]) {
    let head = major << 5
    switch value {
    case 0..<24: bytes.append(head | UInt8(value))
    case 24...0xFF: bytes += [head | 24, UInt8(value)]
    case 0x100...0xFFFF: bytes += [head | 25] + BigEndian.bytes(UInt16(value))
    case 0x10000...0xFFFF_FFFF: bytes += [head | 26] + BigEndian.bytes(UInt32(value))
    default: bytes += [head | 27] + BigEndian.bytes(value)
    }
  }
}

/// Integers as bytes, the highest first.
enum BigEndian {
  static func bytes<Number: FixedWidthInteger & UnsignedInteger>(_ number: Number) -> [UInt8] {
    stride(from: Number.bitWidth - 8, through: 0, by: -8).map {
      UInt8(truncatingIfNeeded: number >> Number($0))
    }
  }

  static func number(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }
}
