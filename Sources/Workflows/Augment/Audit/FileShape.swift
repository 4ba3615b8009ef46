/// The properties of a picture file that are visible without decoding the picture.
struct FileShape: Equatable {
  /// The picture's width and height; 0 if the file does not state them.
  private(set) var width = 0
  private(set) var height = 0
  /// Bytes of text, marks, profiles and thumbnails.
  private(set) var metadata = 0
  /// The quantization tables of a JPEG in file order, 64 numbers each; at most four.
  private(set) var tables: [Int] = []
  /// The sampling factors of each channel of a JPEG, horizontal and vertical.
  private(set) var sampling: [Int] = []

  /// Looks through the bytes of a JPEG or PNG file; of others nothing is known.
  init(of bytes: [UInt8]) {
    if bytes.starts(with: [0xFF, 0xD8]) {
      readJPEG(bytes)
    } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) {
      readPNG(bytes)
    }
  }

  private mutating func readJPEG(_ bytes: [UInt8]) {
    var place = 2
    while place + 4 <= bytes.count, bytes[place] == 0xFF {
      let marker = bytes[place + 1]
      let length = Int(bytes[place + 2]) << 8 | Int(bytes[place + 3])
      let end = place + 2 + length
      guard marker != 0xDA, length >= 2, end <= bytes.count else { return }
      let body = bytes[(place + 4)..<end]
      switch marker {
      case 0xDB: readTables(body)
      case 0xC0...0xC2: readFrame(Array(body))
      case 0xE0...0xEF, 0xFE: metadata += length
      default: break
      }
      place = end
    }
  }

  private mutating func readTables(_ body: ArraySlice<UInt8>) {
    var rest = body
    while let head = rest.popFirst(), tables.count < 256 {
      let isWide = head >> 4 != 0
      guard rest.count >= (isWide ? 128 : 64) else { return }
      for _ in 0..<64 {
        let high = isWide ? Int(rest.removeFirst()) << 8 : 0
        tables.append(high | Int(rest.removeFirst()))
      }
    }
  }

  private mutating func readFrame(_ body: [UInt8]) {
    guard body.count >= 6 else { return }
    height = Int(body[1]) << 8 | Int(body[2])
    width = Int(body[3]) << 8 | Int(body[4])
    for place in stride(from: 7, to: body.count, by: 3) {
      sampling += [Int(body[place] >> 4), Int(body[place] & 15)]
    }
  }

  private mutating func readPNG(_ bytes: [UInt8]) {
    func number(_ place: Int) -> Int { bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
    var place = 8
    while place + 12 <= bytes.count {
      let length = number(place)
      guard length <= bytes.count - place - 12 else { return }
      let kind = String(decoding: bytes[(place + 4)..<(place + 8)], as: UTF8.self)
      if kind == "IHDR", length >= 8 { (width, height) = (number(place + 8), number(place + 12)) }
      // A small first letter: the picture can be drawn without it.
      if bytes[place + 4] & 0x20 != 0 { metadata += length + 12 }
      place += length + 12
    }
  }
}
