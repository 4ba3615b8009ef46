import Foundation

/// Manifest stores in MP4 and MOV files: a box `uuid` (C2PA 2.2, section A.5; ISO 14496-12).
enum BMFF {
  /// The 16 bytes that name the box.
  static let c2paType: [UInt8] = [
    0xD8, 0xFE, 0xC3, 0xD6, 0x1B, 0x0E, 0x48, 0x3C, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7E, 0xC4, 0x81,
  ]
  /// What stands before the store in its box: size, type, name, version, purpose and an offset.
  static let storeOffset = 8 + 16 + 4 + 9 + 8
  /// How many boxes are read.
  private static let mostBoxes = 100_000
  /// How deep boxes may be nested.
  private static let deepest = 12

  /// A box and what it holds.
  struct Box: Equatable {
    let type: String
    let range: Range<Int>
    /// Where the contents start, after size and type.
    let contents: Int
  }

  static func store(in file: Data) throws(CredentialsFault) -> EmbeddedStore? {
    var found: EmbeddedStore? = nil
    for box in try boxes(of: file) where isStore(box, in: file) {
      let start = box.range.lowerBound
      let purpose = start + 28
      guard box.contents == start + 8, box.range.count > storeOffset,
        let end = file[purpose..<box.range.upperBound].prefix(64).firstIndex(of: 0)
      else { throw .container("the box of its manifest store is damaged") }
      // Boxes of other purposes hold the tree of hashes of fragments.
      guard
        ["manifest", "original", "update"].contains(
          String(decoding: file[purpose..<end], as: UTF8.self))
      else { continue }
      guard found == nil else { throw .container("it has more than one manifest store") }
      guard end + 9 <= box.range.upperBound else {
        throw .container("the box of its manifest store is damaged")
      }
      found = EmbeddedStore(
        bytes: Array(file[end + 9..<box.range.upperBound]), range: box.range)
    }
    return found
  }

  static func isStore(_ box: Box, in file: Data) -> Bool {
    let start = box.range.lowerBound
    return box.type == "uuid" && box.range.count >= 24
      && file[start + 8..<start + 24].elementsEqual(c2paType)
  }

  /// The box of a store, without the store.
  static func head(storeSize: Int) -> [UInt8] {
    BigEndian.bytes(UInt32(storeOffset + storeSize)) + Array("uuid".utf8) + c2paType
      + [0, 0, 0, 0] + Array("manifest".utf8) + [0] + [UInt8](repeating: 0, count: 8)
  }

  /// The boxes of a file, or of the contents of a box.
  static func boxes(of file: Data, in range: Range<Int>? = nil) throws(CredentialsFault) -> [Box] {
    let range = range ?? file.startIndex..<file.endIndex
    var boxes: [Box] = []
    var position = range.lowerBound
    while position < range.upperBound {
      let left = range.upperBound - position
      guard left >= 8 else { throw .container("a box is cut short") }
      var size = BigEndian.number(file[position..<position + 4])
      var contents = position + 8
      if size == 1 {
        guard left >= 16 else { throw .container("a box is cut short") }
        size = BigEndian.number(file[position + 8..<position + 16])
        contents = position + 16
      } else if size == 0 {
        size = UInt64(left)
      }
      guard size >= UInt64(contents - position), size <= UInt64(left) else {
        throw .container("a box is larger than what holds it")
      }
      guard boxes.count < mostBoxes else { throw .container("it has too many boxes") }
      let end = position + Int(size)
      boxes.append(
        Box(
          type: String(decoding: file[position + 4..<position + 8], as: UTF8.self),
          range: position..<end, contents: contents))
      position = end
    }
    return boxes
  }

  /// The boxes at a path such as `/moov/trak`.
  static func boxes(at path: String, of file: Data) throws(CredentialsFault) -> [Box] {
    let names = path.split(separator: "/")
    guard names.count <= deepest else { throw .container("a path of boxes is too long") }
    var level: [Box] = []
    for (depth, name) in names.enumerated() {
      if depth == 0 {
        level = try boxes(of: file)
      } else {
        var inner: [Box] = []
        for box in level {
          inner += try boxes(of: file, in: start(box)..<box.range.upperBound)
        }
        level = inner
      }
      level = level.filter { $0.type == name }
    }
    return level
  }

  /// Where the boxes in a box start.
  private static func start(_ box: Box) -> Int {
    min(box.contents + (box.type == "meta" ? 4 : 0), box.range.upperBound)
  }
}
