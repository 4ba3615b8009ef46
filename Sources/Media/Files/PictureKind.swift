/// A file format, recognized by its first bytes.
enum PictureKind: Equatable {
  case jpeg, png
  /// A known format that cannot be read here, with its name for error messages.
  case foreign(String)
  case unknown

  init(sniffing bytes: [UInt8]) {
    func starts(with text: String, at offset: Int = 0) -> Bool {
      bytes.dropFirst(offset).starts(with: text.utf8)
    }
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if starts(with: "RIFF"), starts(with: "WEBP", at: 8) {
      self = .foreign("a WebP picture")
    } else if starts(with: "GIF8") {
      self = .foreign("a GIF picture")
    } else if starts(with: "BM"), bytes.count > 26, bytes[14] == 40 {
      self = .foreign("a BMP picture")
    } else if starts(with: "II*\0") || starts(with: "MM\0*") {
      self = .foreign("a TIFF picture")
    } else if starts(with: "ftyp", at: 4) {
      self = .foreign(
        starts(with: "avif", at: 8)
          ? "an AVIF picture"
          : starts(with: "hei", at: 8) ? "a HEIC picture" : "a video or another MP4 file")
    } else {
      self = .unknown
    }
  }
}
