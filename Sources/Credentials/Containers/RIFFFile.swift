import Foundation

/// Manifest stores in RIFF files, such as WebP: a chunk `C2PA` (C2PA 2.2, section A.3.5).
enum RIFFFile {
  /// How many chunks are read.
  private static let mostChunks = 100_000

  static func store(in file: Data) throws(CredentialsFault) -> EmbeddedStore? {
    var position = file.startIndex + 12
    var found: EmbeddedStore? = nil
    for _ in 0..<mostChunks where position + 8 <= file.endIndex {
      let size = Int(BigEndian.number(file[position + 4..<position + 8].reversed()))
      let end = position + 8 + size
      guard end <= file.endIndex else { throw .container("a RIFF chunk is cut short") }
      if file[position..<position + 4].elementsEqual("C2PA".utf8) {
        guard found == nil else { throw .container("it has more than one manifest store") }
        found = EmbeddedStore(bytes: Array(file[position + 8..<end]), range: position..<end)
      }
      position = end + size % 2
    }
    return found
  }
}
