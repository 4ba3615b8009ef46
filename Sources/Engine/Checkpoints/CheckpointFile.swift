import Foundation

/// A safetensors file opened for reading one tensor at a time.
public final class CheckpointFile: TensorSource {
  /// The path, for error messages.
  public let path: String
  /// Texts beside the tensors.
  public let metadata: [String: String]
  /// The tensors in the order of the file.
  public let names: [String]

  private let file: OpenFile
  private let items: [String: CheckpointHeader.Item]
  private let start: Int

  /// Opens a file and validates its header, but not its values.
  public convenience init(_ path: String) throws(EngineError) {
    try self.init(path) { () throws(FileProblem) in try OpenFile(reading: path) }
  }

  /// Opens an embedded model.
  public convenience init(_ model: CarriedModel) throws(EngineError) {
    try self.init(model.rawValue) { () throws(FileProblem) in try OpenFile(reading: model) }
  }

  private init(_ path: String, open: () throws(FileProblem) -> OpenFile) throws(EngineError) {
    do {
      file = try open()
      let (header, start) = try CheckpointFile.header(of: file)
      self.path = path
      self.start = start
      metadata = header.metadata
      names = header.items.map(\.name)
      items = Dictionary(header.items.map { ($0.name, $0) }) { first, _ in first }
    } catch {
      throw .unreadableCheckpoint(path: path, reason: error.reason)
    }
  }

  /// The shape of a tensor; nil if there is no tensor of that name.
  public func shape(of name: String) -> [Int]? { items[name]?.shape }

  /// An existing tensor, as float32.
  public func tensor(_ name: String) throws(EngineError) -> Tensor {
    guard let item = items[name] else {
      throw .mismatchedCheckpoint(path: path, reason: "'\(name)' is missing")
    }
    do throws(FileProblem) {
      switch item.type {
      case .float32: return try read(item, as: .float32)
      case .bfloat16: return try read(item, as: .bfloat16).converted(to: .float32)
      case .float16: return CheckpointFile.widened(try read(item, as: .bfloat16))
      default:
        throw FileProblem(
          "the tensor '\(name)' holds \(item.type.rawValue), and only F32, BF16 and F16 are read")
      }
    } catch {
      throw .unreadableCheckpoint(path: path, reason: error.reason)
    }
  }

  /// The values as stored in the file.
  private func read(
    _ item: CheckpointHeader.Item, as precision: Precision
  ) throws(FileProblem) -> Tensor {
    let tensor = Tensor(uninitialized: item.shape, precision: precision)
    try unsafe file.read(
      UnsafeMutableRawBufferPointer(start: tensor.address, count: tensor.byteCount),
      at: start + item.range.lowerBound)
    return tensor
  }

  /// IEEE half precision, read into the memory of a bfloat16 tensor, as float32.
  private static func widened(_ bits: Tensor) -> Tensor {
    let result = Tensor(uninitialized: bits.shape)
    for index in 0..<bits.count {
      unsafe result.floats[index] = unsafe Float(Float16(bitPattern: bits.halves[index]))
    }
    withExtendedLifetime(bits) {}
    return result
  }

  /// The header, and the offset of the values.
  private static func header(
    of file: borrowing OpenFile
  ) throws(FileProblem) -> (CheckpointHeader, Int) {
    let size = try file.size()
    guard size > 0 else { throw FileProblem("it is empty") }
    let beginning = [UInt8](try file.data(at: 0, count: min(size, 9)))
    let length = beginning.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard beginning.count == 9, beginning[8] == UInt8(ascii: "{"),
      length <= CheckpointHeader.longest
    else {
      throw FileProblem("not a safetensors file\(hint(beginning))")
    }
    guard Int(length) <= size - 8 else {
      throw FileProblem("it is cut off within its header")
    }
    let start = 8 + Int(length)
    let json = try file.data(at: 8, count: Int(length))
    return (try CheckpointHeader(json: json, dataCount: size - start), start)
  }

  /// A guess at what kind of file it is instead.
  private static func hint(_ beginning: [UInt8]) -> String {
    switch beginning.prefix(4) {
    case [0x50, 0x4B, 0x03, 0x04]: " but a ZIP archive, such as PyTorch and Keras write"
    case [0x89, 0x48, 0x44, 0x46]: " but an HDF5 file, such as Keras writes"
    case let first where first.first == 0x80: " but a Python pickle"
    default: ""
    }
  }
}
