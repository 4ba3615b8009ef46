/// Reads JUMBF boxes from strangers: nesting and numbers of boxes are bounded.
struct JUMBFReader {
  /// How deep boxes may be nested.
  static let deepest = 16
  /// How many boxes a store may hold in all.
  static let most = 20_000
  /// The longest label in bytes.
  static let longestLabel = 1024

  private let bytes: ArraySlice<UInt8>
  private var boxes = 0

  /// Reads the superbox that fills the bytes.
  static func box(of bytes: ArraySlice<UInt8>) throws(CredentialsFault) -> JUMBFBox {
    var reader = JUMBFReader(bytes: bytes)
    let head = try reader.head(at: bytes.startIndex, end: bytes.endIndex)
    guard head.name == "jumb" else { throw .jumbf("the store is not a JUMBF box") }
    guard head.end == bytes.endIndex else { throw .jumbf("bytes follow the store") }
    return try reader.superbox(bytes.startIndex, head, depth: 0)
  }

  private init(bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  private struct Head {
    let name: String
    /// Where the payload starts, and where the box ends.
    let payload, end: Int
  }

  private mutating func head(at start: Int, end: Int) throws(CredentialsFault) -> Head {
    boxes += 1
    guard boxes <= JUMBFReader.most else { throw .jumbf("there are too many boxes") }
    guard end - start >= 8 else { throw .jumbf("a box is cut short") }
    var size = BigEndian.number(bytes[start..<start + 4])
    let name = String(decoding: bytes[start + 4..<start + 8], as: UTF8.self)
    var payload = start + 8
    if size == 1 {
      guard end - start >= 16 else { throw .jumbf("a box is cut short") }
      size = BigEndian.number(bytes[start + 8..<start + 16])
      payload = start + 16
    } else if size == 0 {
      size = UInt64(end - start)
    }
    guard size >= UInt64(payload - start), size <= UInt64(end - start) else {
      throw .jumbf("a box is larger than what holds it")
    }
    return Head(name: name, payload: payload, end: start + Int(size))
  }

  private mutating func superbox(
    _ start: Int, _ head: Head, depth: Int
  ) throws(CredentialsFault) -> JUMBFBox {
    guard depth <= JUMBFReader.deepest else { throw .jumbf("boxes are nested too deeply") }
    let first = try self.head(at: head.payload, end: head.end)
    guard first.name == "jumd" else { throw .jumbf("a box has no description") }
    let (type, label) = try description(first)
    var contents: [JUMBFBox.Content] = []
    var position = first.end
    while position < head.end {
      let next = try self.head(at: position, end: head.end)
      if next.name == "jumb" {
        contents.append(.box(try superbox(position, next, depth: depth + 1)))
      } else {
        contents.append(
          .data(type: Array(next.name.utf8), payload: bytes[next.payload..<next.end]))
      }
      position = next.end
    }
    return JUMBFBox(
      type: type, label: label, contents: contents, bytes: bytes[start..<head.end],
      body: bytes[head.payload..<head.end])
  }

  /// The type and label of a description box.
  private func description(_ head: Head) throws(CredentialsFault) -> ([UInt8], String) {
    guard head.end - head.payload >= 18 else { throw .jumbf("a description is cut short") }
    let toggles = bytes[head.payload + 16]
    // Requestable, label, number, hash and private field.
    guard toggles & 0x03 == 0x03, toggles & 0xE0 == 0 else {
      throw .jumbf("a box has no label")
    }
    let rest = bytes[head.payload + 17..<head.end]
    guard let end = rest.firstIndex(of: 0), end - rest.startIndex <= JUMBFReader.longestLabel,
      let label = String(validating: rest[..<end], as: UTF8.self)
    else { throw .jumbf("a label cannot be read") }
    var length = end + 1 - head.payload
    if toggles & 0x04 != 0 { length += 4 }
    if toggles & 0x08 != 0 { length += 32 }
    // A private field is a box.
    let left = head.end - head.payload - length
    guard toggles & 0x10 == 0 ? left == 0 : left >= 8 else { throw .jumbf("bytes follow a label") }
    return (Array(bytes[head.payload..<head.payload + 16]), label)
  }
}
