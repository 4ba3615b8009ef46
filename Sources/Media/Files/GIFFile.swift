/// The blocks of a GIF file (GIF89a, section 17), up to its second frame.
struct GIFFile {
  /// True if there are at least two frames.
  private(set) var isAnimated = false
  /// True if the file ends before its first frame, or the whole of a file of one frame, does.
  private(set) var isCut = true

  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    guard bytes.count >= 13 else { return }
    var place = 13 + GIFFile.paletteSize(bytes[10])
    var hasFrame = false
    while place < bytes.count {
      switch bytes[place] {
      case 0x21:  // An extension: its label, then its data.
        guard let end = end(ofBlocksAt: place + 2) else { return }
        place = end
      case 0x2C:  // A frame: nine bytes of position, its palette, the size of its codes, its data.
        guard !hasFrame else {
          (isAnimated, isCut) = (true, false)
          return
        }
        guard place + 9 < bytes.count,
          let end = end(ofBlocksAt: place + 11 + GIFFile.paletteSize(bytes[place + 9]))
        else { return }
        hasFrame = true
        place = end
      default:  // The trailer, or bytes that belong to no block.
        isCut = !hasFrame
        return
      }
    }
  }

  private static func paletteSize(_ flags: UInt8) -> Int {
    flags & 0x80 == 0 ? 0 : 3 << (Int(flags & 7) + 1)
  }

  /// The place after a chain of data blocks; nil if it goes beyond the file's end.
  private func end(ofBlocksAt start: Int) -> Int? {
    var place = start
    while place < bytes.count {
      let length = Int(bytes[place])
      if length == 0 { return place + 1 }
      place += length + 1
    }
    return nil
  }
}
