/// A superbox of JUMBF (ISO 19566-5): a description and contents.
struct JUMBFBox: Sendable {
  /// What follows the description.
  enum Content: Sendable {
    case box(JUMBFBox)
    /// A content box's type and payload.
    case data(type: [UInt8], payload: ArraySlice<UInt8>)
  }

  /// The 16 bytes that tell what the box holds.
  let type: [UInt8]
  let label: String
  let contents: [Content]
  /// The whole box, its head included.
  let bytes: ArraySlice<UInt8>
  /// Everything but the head: what hashed references to the box cover.
  let body: ArraySlice<UInt8>

  /// The superboxes inside.
  var boxes: [JUMBFBox] {
    contents.compactMap { if case .box(let box) = $0 { box } else { nil } }
  }

  /// The superbox inside with this label.
  func box(labeled label: String) -> JUMBFBox? { boxes.first { $0.label == label } }

  /// The payload of the first content box of a type, such as `cbor`.
  func payload(_ type: String) -> ArraySlice<UInt8>? {
    for case .data(let name, let payload) in contents where name == Array(type.utf8) {
      return payload
    }
    return nil
  }

  /// The type of a box whose first four bytes are letters, such as `c2pa`.
  static func type(_ letters: String) -> [UInt8] {
    Array(letters.utf8) + [0, 0x11, 0, 0x10, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]
  }

  /// A superbox's bytes: requestable, with a label.
  ///
  /// - Parameter contents: whole boxes.
  static func encoded(_ letters: String, label: String, _ contents: [UInt8]) -> [UInt8] {
    let description = box("jumd", type(letters) + [3] + label.utf8 + [0])
    return box("jumb", description + contents)
  }

  /// A box's bytes: its head and payload.
  static func box(_ name: String, _ payload: [UInt8]) -> [UInt8] {
    BigEndian.bytes(UInt32(payload.count + 8)) + name.utf8 + payload
  }

  /// A superbox that holds a CBOR value.
  static func encoded(cbor value: [UInt8], label: String) -> [UInt8] {
    encoded("cbor", label: label, box("cbor", value))
  }
}
