/// The type of a value's elements.
public enum ElementType: String, Codable, Sendable, CaseIterable {
  case float32, float16, bfloat16, float64
  case int8, int16, int32, int64
  case uint8, uint16, uint32, uint64
  case bool

  /// Whether elements are real numbers, not integers.
  public var isReal: Bool {
    switch self {
    case .float32, .float16, .bfloat16, .float64: true
    default: false
    }
  }

  /// Whether elements are integers without a sign; bool counts.
  var isUnsigned: Bool {
    switch self {
    case .uint8, .uint16, .uint32, .uint64, .bool: true
    default: false
    }
  }

  /// The size of an element in ONNX's files, in bytes.
  var stride: Int {
    switch self {
    case .int8, .uint8, .bool: 1
    case .float16, .bfloat16, .int16, .uint16: 2
    case .float32, .int32, .uint32: 4
    case .float64, .int64, .uint64: 8
    }
  }

  /// An integer cut to the type's bits, as integer arithmetic does; uint64 is a bit pattern.
  func wrapped(_ value: Int64) -> Int64 {
    switch self {
    case .int8: Int64(Int8(truncatingIfNeeded: value))
    case .int16: Int64(Int16(truncatingIfNeeded: value))
    case .int32: Int64(Int32(truncatingIfNeeded: value))
    case .uint8: Int64(UInt8(truncatingIfNeeded: value))
    case .uint16: Int64(UInt16(truncatingIfNeeded: value))
    case .uint32: Int64(UInt32(truncatingIfNeeded: value))
    case .bool: value == 0 ? 0 : 1
    default: value
    }
  }

  /// A real number without its fraction, as an integer type holds it; uint64 is a bit pattern.
  ///
  /// Numbers beyond int64, or uint64, become its first or last.
  func cut(_ value: Double) -> Int64 {
    guard !value.isNaN else { return 0 }
    switch self {
    case .bool: return value == 0 ? 0 : 1
    case .uint64 where value >= 0x1p63:
      return Int64(bitPattern: value < 0x1p64 ? UInt64(value) : .max)
    default:
      return value >= 0x1p63 ? .max : value < -0x1p63 ? .min : Int64(value)
    }
  }

  /// A real number rounded to what the type can hold.
  func rounded(_ value: Float) -> Float {
    switch self {
    case .float16: Float16(value).widened
    case .bfloat16: value.roundedToBfloat16
    default: value
    }
  }
}

extension Float16 {
  /// The same number in float32.
  var widened: Float { Float(self) }
}

extension Float {
  /// The nearest bfloat16, ties to even.
  var roundedToBfloat16: Float {
    guard !isNaN else { return self }
    let bits = bitPattern
    return Float(bitPattern: (bits &+ 0x7FFF &+ ((bits >> 16) & 1)) & 0xFFFF_0000)
  }
}
