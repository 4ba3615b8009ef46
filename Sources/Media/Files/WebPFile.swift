/// The chunks of a WebP file (RFC 9649).
struct WebPFile {
  /// True if the file is shorter than it says.
  let isCut: Bool
  /// The EXIF data; nil if there is none.
  private(set) var exif: [UInt8]?

  private let bytes: [UInt8]
  /// The color profile, and the first frame of an animation.
  private var profile, animation: [UInt8]?
  /// The size of the whole picture, where the file has the extended header.
  private var canvas: (width: Int, height: Int)?

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    let size = WebPFile.number(bytes, at: 4, length: 4)
    isCut = bytes.count < 12 || size + 8 > bytes.count
    var place = 12
    while place + 8 <= bytes.count {
      let length = WebPFile.number(bytes, at: place + 4, length: 4)
      let (start, end) = (place + 8, place + 8 + length)
      guard end <= bytes.count else { return }
      let content = bytes[start..<end]
      switch String(decoding: bytes[place..<place + 4], as: UTF8.self) {
      case "VP8X" where length >= 10:
        canvas = (
          WebPFile.number(bytes, at: start + 4, length: 3) + 1,
          WebPFile.number(bytes, at: start + 7, length: 3) + 1
        )
      case "EXIF":
        // Some programs write JPEG's identifier before the data.
        let name = Array("Exif\0\0".utf8)
        exif = Array(content.starts(with: name) ? content.dropFirst(name.count) : content)
      case "ICCP": profile = Array(content)
      case "ANMF" where animation == nil && length > 16: animation = Array(content)
      default: break
      }
      place = end + length % 2
    }
  }

  /// A still picture: the file itself, or the first frame of an animation and its place.
  var still: (bytes: [UInt8], place: Place?) {
    guard let animation, let canvas else { return (bytes, nil) }
    func number(_ offset: Int) -> Int { WebPFile.number(animation, at: offset, length: 3) }
    let place = Place(
      x: 2 * number(0), y: 2 * number(3), width: canvas.width, height: canvas.height)
    let frame = animation[16...]
    let hasAlpha = frame.starts(with: "ALPH".utf8)
    var chunks = Array("VP8X".utf8) + [10, 0, 0, 0]
    chunks += [(hasAlpha ? 0x10 : 0) | (profile == nil ? 0 : 0x20), 0, 0, 0] + animation[6..<12]
    if let profile {
      chunks += Array("ICCP".utf8) + WebPFile.size(profile.count) + profile
      if profile.count % 2 == 1 { chunks.append(0) }
    }
    chunks += frame
    return (
      Array("RIFF".utf8) + WebPFile.size(chunks.count + 4) + Array("WEBP".utf8) + chunks, place
    )
  }

  /// Where a frame lies in the whole picture.
  struct Place: Equatable {
    let x, y, width, height: Int
  }

  /// A number of `length` bytes, the low one first; 0 beyond the end.
  private static func number(_ bytes: [UInt8], at offset: Int, length: Int) -> Int {
    guard offset + length <= bytes.count else { return 0 }
    return bytes[offset..<offset + length].reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  private static func size(_ value: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
