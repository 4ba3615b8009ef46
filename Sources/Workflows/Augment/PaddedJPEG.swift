import Engine

/// Makes JPEG files longer without changing what they show.
///
/// A forged face is often smoother than the real one and its file shorter, whatever the settings. The
/// padding is drawn widely, alike for both of a pair, and takes half of that difference away: what is
/// left of it is shared by the file's length and the padding's, and tells next to nothing in either.
enum PaddedJPEG {
  /// How long a file shall be, in bytes.
  ///
  /// - Parameters:
  ///   - own: bytes of the file as it is.
  ///   - real: bytes of the file of the real face with the same degradations; for a real face its own.
  ///   - chance: the same for both; 0.2 to 3.2 times `real` are drawn from it.
  static func length(of own: Int, real: Int, chance: RandomSource) -> Int {
    var chance = chance
    let drawn = Int(Double(real) * (0.2 + 3 * chance.uniform()))
    return max(own, (own + real) / 2 + drawn)
  }

  /// The file with comments of zeros, `length` bytes long; as it is where it is no shorter.
  ///
  /// - Parameter file: begins with SOI and segments APPn, as JFIF and Exif files do.
  static func padded(_ file: [UInt8], to length: Int) -> [UInt8] {
    var missing = length - file.count
    // A comment takes four bytes for itself, and at most 65,533 zeros.
    guard missing >= 4, let place = firstPlace(in: file) else { return file }
    var comments: [UInt8] = []
    while missing > 0 {
      var size = min(missing, 65_537)
      if missing - size > 0, missing - size < 4 { size -= 4 }
      let written = size - 2
      comments += [0xFF, 0xFE, UInt8(written >> 8), UInt8(written & 0xFF)]
      comments += [UInt8](repeating: 0, count: size - 4)
      missing -= size
    }
    return Array(file[..<place]) + comments + Array(file[place...])
  }

  /// Behind the last segment APPn at the beginning.
  private static func firstPlace(in file: [UInt8]) -> Int? {
    guard file.starts(with: [0xFF, 0xD8]) else { return nil }
    var place = 2
    while place + 4 <= file.count, file[place] == 0xFF, (0xE0...0xEF).contains(file[place + 1]) {
      place += 2 + Int(file[place + 2]) * 256 + Int(file[place + 3])
    }
    return place <= file.count ? place : nil
  }
}
