internal import Engine
internal import Foundation

/// Reads the tensors of a file, from the file itself or from external data beside it.
struct TensorReader {
  /// The folder that external data must lie in; nil if there may be none.
  let folder: URL?

  /// The value of a tensor message.
  func value(_ message: Onnx_TensorProto) throws(ONNXError) -> Value {
    let name = message.name
    let type = try type(message.dataType, of: name)
    let shape = message.dims.map { Int($0) }
    var count = 1
    for length in shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: length)
      guard length >= 0, !overflows, product <= 1 << 40 else {
        throw .invalid(reason: "the tensor '\(name)' has the impossible shape \(shape)")
      }
      count = product
    }
    func checked<Numbers: Collection>(_ numbers: Numbers) throws(ONNXError) -> Numbers {
      guard numbers.count == count else {
        throw .invalid(
          reason: "the tensor '\(name)' of shape \(shape) holds \(numbers.count) values")
      }
      return numbers
    }
    if message.hasDataLocation, message.dataLocation == .external {
      return try value(
        type, shape, bytes: external(message, byteCount: count * type.stride), name: name)
    }
    if message.hasRawData {
      guard message.rawData.count == count * type.stride else {
        throw .invalid(
          reason: "the tensor '\(name)' of shape \(shape) holds \(message.rawData.count) bytes")
      }
      return try value(type, shape, bytes: message.rawData, name: name)
    }
    switch type {
    case .float32:
      return Value(
        type, shape, .float(Tensor(shape: shape, values: try checked(message.floatData))))
    case .float64: return Value(type, shape, .double(try checked(message.doubleData)))
    case .int64:
      return Value(type, shape, .integer(try checked(message.int64Data)))
    case .uint32, .uint64:
      return Value(
        type, shape, integers: try checked(message.uint64Data).map { Int64(bitPattern: $0) })
    case .float16, .bfloat16:
      let halves = try checked(message.int32Data).map { UInt16(truncatingIfNeeded: $0) }
      return Value(
        type, shape, .float(Tensor(shape: shape, values: halves.map { type.widened($0) })))
    case .int8, .int16, .int32, .uint8, .uint16, .bool:
      return Value(type, shape, integers: try checked(message.int32Data).map { Int64($0) })
    }
  }

  /// The type of a number in the file.
  func type(_ number: Int32, of name: String) throws(ONNXError) -> ElementType {
    if let type = ElementType(number: Int(number)) { return type }
    guard let known = Onnx_TensorProto.DataType(rawValue: Int(number)), known != .undefined else {
      throw .invalid(reason: "'\(name)' has the unknown element type \(number)")
    }
    throw .unsupported(what: "the element type \(known) (of '\(name)')", nodes: [])
  }

  private func value(
    _ type: ElementType, _ shape: [Int], bytes: Data, name: String
  ) throws(ONNXError) -> Value {
    switch type {
    case .float32:
      return Value(type, shape, .float(Tensor(shape: shape, littleEndian: bytes.span)))
    case .float16, .bfloat16:
      var values: [Float] = []
      values.reserveCapacity(bytes.count / 2)
      bytes.eachNumber { (half: UInt16) in values.append(type.widened(half)) }
      return Value(type, shape, .float(Tensor(shape: shape, values: values)))
    case .float64:
      var values: [Double] = []
      bytes.eachNumber { (bits: UInt64) in values.append(Double(bitPattern: bits)) }
      return Value(type, shape, .double(values))
    default:
      var values: [Int64] = []
      values.reserveCapacity(bytes.count / type.stride)
      switch type.stride {
      case 1: bytes.eachNumber { (bits: UInt8) in values.append(Int64(bits)) }
      case 2: bytes.eachNumber { (bits: UInt16) in values.append(Int64(bits)) }
      case 4: bytes.eachNumber { (bits: UInt32) in values.append(Int64(bits)) }
      default: bytes.eachNumber { (bits: UInt64) in values.append(Int64(bitPattern: bits)) }
      }
      return Value(type, shape, integers: values)
    }
  }

  /// The bytes of a tensor in a file beside the model's.
  private func external(
    _ message: Onnx_TensorProto, byteCount: Int
  ) throws(ONNXError) -> Data {
    let name = message.name
    func fault(_ reason: String) -> ONNXError {
      .invalid(reason: "the external data of the tensor '\(name)' \(reason)")
    }
    var entries: [String: String] = [:]
    for entry in message.externalData { entries[entry.key] = entry.value }
    guard let folder, let location = entries["location"], !location.isEmpty else {
      throw fault("lies nowhere")
    }
    let root = folder.resolvingSymlinksInPath().standardizedFileURL.path
    let url = folder.appending(path: location).resolvingSymlinksInPath().standardizedFileURL
    guard !location.hasPrefix("/"), !location.split(separator: "/").contains(".."),
      url.path.hasPrefix(root.hasSuffix("/") ? root : root + "/")
    else { throw fault("lies outside the model's folder, in '\(location)'") }
    guard let offset = Int(entries["offset"] ?? "0"), offset >= 0,
      let length = Int(entries["length"] ?? "\(byteCount)"), length == byteCount
    else { throw fault("has an impossible place") }
    let kind =
      try? FileManager.default.attributesOfItem(atPath: url.path)[.type] as? FileAttributeType
    // Opening a pipe would wait for somebody who writes to it.
    guard kind == .typeRegular, let data = try? Data(contentsOf: url, options: .alwaysMapped)
    else {
      throw fault("cannot be read from '\(location)'")
    }
    guard offset <= data.count, length <= data.count - offset else {
      throw fault("ends beyond the file '\(location)'")
    }
    return data.dropFirst(offset).prefix(length)
  }
}

extension ElementType {
  /// A number of 16 bits as float32.
  fileprivate func widened(_ half: UInt16) -> Float {
    self == .float16
      ? Float16(bitPattern: half).widened : Float(bitPattern: UInt32(half) << 16)
  }
}

extension Data {
  /// Calls `body` for each little-endian integer.
  @inline(__always)
  fileprivate func eachNumber<Number: FixedWidthInteger & BitwiseCopyable>(
    _ body: (Number) -> Void
  ) {
    let bytes = span
    let stride = MemoryLayout<Number>.size
    for place in Swift.stride(from: 0, to: bytes.count - stride + 1, by: stride) {
      var number: Number = 0
      for part in 0..<stride {
        number |= Number(truncatingIfNeeded: bytes[place + part]) << (8 * part)
      }
      body(number)
    }
  }
}
