/// A file format for pictures that can be read, recognized by its first bytes.
enum PictureKind: Equatable {
  case jpeg, png, webP, bmp, tiff, gif, jpeg2000
  /// HEIF with HEVC (HEIC) or AV1 (AVIF).
  case heif

  /// Nil if the bytes begin no known format.
  init?(sniffing bytes: [UInt8]) {
    func starts(with text: String, at offset: Int = 0) -> Bool {
      bytes.dropFirst(offset).starts(with: text.utf8)
    }
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if starts(with: "RIFF"), starts(with: "WEBP", at: 8) {
      self = .webP
    } else if starts(with: "GIF87a") || starts(with: "GIF89a") {
      self = .gif
    } else if starts(with: "BM"), PictureKind.hasBMPHeader(bytes) {
      self = .bmp
    } else if starts(with: "II*\0") || starts(with: "MM\0*") {
      self = .tiff
    } else if bytes.starts(with: [0xFF, 0x4F, 0xFF, 0x51])
      || bytes.starts(with: [0, 0, 0, 12, 0x6A, 0x50, 0x20, 0x20, 0x0D, 0x0A, 0x87, 0x0A])
    {
      self = .jpeg2000
    } else if starts(with: "ftyp", at: 4),
      PictureKind.brands.contains(where: { starts(with: $0, at: 8) })
    {
      self = .heif
    } else {
      return nil
    }
  }

  /// The major brands of pictures (ISO/IEC 23008-12, AVIF 1.1); others are of videos.
  private static let brands = [
    "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "mif2", "msf1", "miaf", "avif", "avis",
  ]

  /// Two letters are not enough: the header's size after them must be one of the known versions.
  private static func hasBMPHeader(_ bytes: [UInt8]) -> Bool {
    bytes.count > 26 && [12, 40, 52, 56, 64, 108, 124].contains(Int(bytes[14]))
      && bytes[15..<18].allSatisfy { $0 == 0 }
  }
}
