import Foundation

/// The table of contents of a safetensors file, validated before use.
struct CheckpointHeader {
  /// The location of one tensor.
  struct Item {
    let name: String
    let type: ElementType
    let shape: [Int]
    /// Bytes after the header.
    let range: Range<Int>
  }

  /// In the order of the file.
  let items: [Item]
  let metadata: [String: String]

  /// The maximum length of a header: 16 MiB.
  static let longest = 1 << 24
  /// The maximum number of tensors.
  static let mostTensors = 100_000

  /// Parses the JSON of a header.
  ///
  /// - Parameter dataCount: the number of bytes after the header.
  init(json: Data, dataCount: Int) throws(FileProblem) {
    let raw: Raw
    do {
      raw = try JSONDecoder().decode(Raw.self, from: json)
    } catch let problem as FileProblem {
      throw problem
    } catch {
      throw FileProblem("its header is not the JSON of a safetensors file")
    }
    metadata = raw.metadata
    var items: [Item] = []
    for (name, item) in raw.items { items.append(try CheckpointHeader.checked(name, item)) }
    items.sort {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    var end = 0
    for item in items {
      guard item.range.lowerBound == end else {
        throw FileProblem("the tensor '\(item.name)' does not follow the one before it")
      }
      end = item.range.upperBound
    }
    guard end <= dataCount else {
      throw FileProblem("it is cut off: \(dataCount) of \(end) bytes of tensors are there")
    }
    guard end == dataCount else {
      throw FileProblem("\(dataCount - end) extra bytes after the last tensor")
    }
    self.items = items
  }

  private static func checked(_ name: String, _ raw: RawItem) throws(FileProblem) -> Item {
    guard let type = ElementType(rawValue: raw.dtype) else {
      throw FileProblem(
        "the tensor '\(name)' holds \(raw.dtype.prefix(20)), which is no type of safetensors")
    }
    var bytes = type.stride
    for length in raw.shape {
      let (product, isTooLarge) = bytes.multipliedReportingOverflow(by: length)
      guard length >= 0, !isTooLarge else {
        throw FileProblem("the tensor '\(name)' has an impossible shape")
      }
      bytes = product
    }
    guard raw.data_offsets.count == 2, raw.data_offsets[0] >= 0,
      raw.data_offsets[1] >= raw.data_offsets[0],
      raw.data_offsets[1] - raw.data_offsets[0] == bytes, raw.shape.count <= 32
    else {
      throw FileProblem("the tensor '\(name)' does not lie where its shape says")
    }
    return Item(
      name: name, type: type, shape: raw.shape,
      range: raw.data_offsets[0]..<raw.data_offsets[1])
  }
}

/// The header as stored in the file.
private struct Raw: Decodable {
  var metadata: [String: String] = [:]
  var items: [(name: String, item: RawItem)] = []

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Name.self)
    guard container.allKeys.count <= CheckpointHeader.mostTensors else {
      throw FileProblem("it names more than \(CheckpointHeader.mostTensors) tensors")
    }
    for key in container.allKeys {
      if key.stringValue == "__metadata__" {
        metadata = try container.decode([String: String].self, forKey: key)
      } else {
        items.append((key.stringValue, try container.decode(RawItem.self, forKey: key)))
      }
    }
  }
}

private struct RawItem: Decodable {
  let dtype: String
  let shape: [Int]
  let data_offsets: [Int]
}

/// How values are stored in a safetensors file.
enum ElementType: String {
  case float32 = "F32"
  case bfloat16 = "BF16"
  case float16 = "F16"
  // Of these only names and shapes are read.
  case float64 = "F64"
  case int64 = "I64"
  case int32 = "I32"
  case int16 = "I16"
  case int8 = "I8"
  case uint64 = "U64"
  case uint32 = "U32"
  case uint16 = "U16"
  case uint8 = "U8"
  case bool = "BOOL"

  /// Bytes of one value.
  var stride: Int {
    switch self {
    case .float64, .int64, .uint64: 8
    case .float32, .int32, .uint32: 4
    case .float16, .bfloat16, .int16, .uint16: 2
    case .int8, .uint8, .bool: 1
    }
  }
}
