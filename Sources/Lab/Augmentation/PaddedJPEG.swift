import Engine

/// Makes JPEG files longer without changing what they show.
///
/// A forged face is often smoother than the real one and its file shorter, whatever the settings. So
/// how long a file of a set is follows from its real twin alone; and by how much it is made longer is
/// drawn widely, for else the padding would tell what the length does not.
enum PaddedJPEG {
  /// How long the file of a face shall be, forged or not, in bytes: 1.2 to 3.2 times as long as that
  /// of the real face with the same degradations.
  static func length(ofReal real: Int, chance: RandomSource) -> Int {
    var chance = chance
    return real + Int(Double(real) * (0.2 + 2 * chance.uniform()))
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
