/// The encoded bytes of a protocol buffer message (protobuf.dev, "Encoding").
struct ProtobufMessage: Equatable {
  private(set) var bytes: [UInt8] = []

  /// The wire type of a field.
  private enum Wire: UInt64 {
    case varint = 0
    case eightBytes = 1
    case counted = 2
    case fourBytes = 5
  }

  /// A non-negative integer.
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

  /// Seven bits per byte, low first; the eighth bit marks continuation.
  private mutating func append(varint value: UInt64) {
    var rest = value
    while rest > 0x7F {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}

/// Numbers as bytes, low byte first.
enum LittleEndian {
  static func bytes(_ value: some FixedWidthInteger & UnsignedInteger) -> [UInt8] {
    (0..<value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
