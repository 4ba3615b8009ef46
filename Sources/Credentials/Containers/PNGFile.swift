import Foundation

/// Manifest stores in PNG files: a chunk `caBX` (C2PA 2.2, section A.3.2).
enum PNGFile {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
  private static let name = Array("caBX".utf8)
  /// How many chunks are read.
  private static let mostChunks = 1_000_000

  static func store(in file: Data) throws(CredentialsFault) -> EmbeddedStore? {
    var position = file.startIndex + 8
    var found: EmbeddedStore? = nil
    for _ in 0..<mostChunks where position + 12 <= file.endIndex {
      let length = Int(BigEndian.number(file[position..<position + 4]))
      let end = position + 12 + length
      guard end <= file.endIndex else { throw .container("a PNG chunk is cut short") }
      let type = Array(file[position + 4..<position + 8])
      if type == name {
        guard found == nil else { throw .container("it has more than one manifest store") }
        let sum = Checksum.crc32(file[position + 4..<end - 4])
        guard file[end - 4..<end].elementsEqual(BigEndian.bytes(sum)) else {
          throw .container("the checksum of its manifest store is wrong")
        }
        found = EmbeddedStore(
          bytes: Array(file[position + 8..<end - 4]), range: position..<end)
      }
      if type == Array("IEND".utf8) { break }
      position = end
    }
    return found
  }

  /// Where a store goes: after the header.
  static func place(in file: Data) throws(CredentialsFault) -> Int {
    guard file.count >= 33,
      file[file.startIndex + 12..<file.startIndex + 16]
        .elementsEqual("IHDR".utf8)
    else { throw .container("it has no PNG header") }
    return file.startIndex + 33
  }

  /// A store as a chunk.
  static func chunk(_ store: [UInt8]) -> [UInt8] {
    let sum = Checksum.crc32(name + store)
    return BigEndian.bytes(UInt32(store.count)) + name + store + BigEndian.bytes(sum)
  }
}
