/// The bytes of a protocol buffer's message, field by field (protobuf.dev, "Encoding").
struct ProtobufMessage: Equatable {
  private(set) var bytes: [UInt8] = []

  /// How a field's value is written.
  private enum Wire: UInt64 {
    case varint = 0
    case eightBytes = 1
    case counted = 2
    case fourBytes = 5
  }

  /// An integer that is not negative.
  mutating func add(_ field: UInt64, _ value: Int) {
    begin(field, .varint)
    append(varint: UInt64(value))
  }

  mutating func add(_ field: UInt64, _ value: Double) {
    begin(field, .eightBytes)
    bytes += LittleEndian.bytes(value.bitPattern)
  }

  mutating func add(_ field: UInt64, _ value: Float) {
    begin(field, .fourBytes)
    bytes += LittleEndian.bytes(value.bitPattern)
  }

  mutating func add(_ field: UInt64, _ text: String) { add(field, Array(text.utf8)) }

  mutating func add(_ field: UInt64, _ message: ProtobufMessage) { add(field, message.bytes) }

  mutating func add(_ field: UInt64, _ content: [UInt8]) {
    begin(field, .counted)
    append(varint: UInt64(content.count))
    bytes += content
  }

  private mutating func begin(_ field: UInt64, _ wire: Wire) {
    append(varint: field << 3 | wire.rawValue)
  }

  /// Seven bits a byte, the lowest first; the eighth says that more follow.
  private mutating func append(varint value: UInt64) {
    var rest = value
    while rest > 0x7F {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}

/// Numbers as bytes, the lowest first.
enum LittleEndian {
  static func bytes(_ value: some FixedWidthInteger & UnsignedInteger) -> [UInt8] {
    (0..<value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
