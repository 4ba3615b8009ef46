import Engine

/// Pads JPEG files without changing the picture.
///
/// A forged face is often smoother than the real one, and its file shorter, whatever the settings.
/// The padding is drawn from a wide range, the same for both twins, and removes half of that
/// difference. The rest is distributed over the file's length and the padding's, and reveals almost
/// nothing in either.
enum PaddedJPEG {
  /// The length of the padded file, in bytes.
  ///
  /// - Parameters:
  ///   - own: the file's own length.
  ///   - real: the length of the real twin's file with the same degradations; for a real sample its
  ///     own.
  ///   - chance: the same for both twins; 0.2 to 3.2 times `real` are drawn from it.
  static func length(of own: Int, real: Int, chance: RandomSource) -> Int {
    var chance = chance
    let drawn = Int(Double(real) * (0.2 + 3 * chance.uniform()))
    return max(own, (own + real) / 2 + drawn)
  }

  /// The file padded with comments of zeros to `length` bytes; unchanged if it is not shorter.
  ///
  /// - Parameter file: starts with SOI and APPn segments, as JFIF and Exif files do.
  static func padded(_ file: [UInt8], to length: Int) -> [UInt8] {
    var missing = length - file.count
    // A comment has four bytes of overhead, and at most 65,533 zeros.
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

  /// The position after the last leading APPn segment.
  private static func firstPlace(in file: [UInt8]) -> Int? {
    guard file.starts(with: [0xFF, 0xD8]) else { return nil }
    var place = 2
    while place + 4 <= file.count, file[place] == 0xFF, (0xE0...0xEF).contains(file[place + 1]) {
      place += 2 + Int(file[place + 2]) * 256 + Int(file[place + 3])
    }
    return place <= file.count ? place : nil
  }
}
