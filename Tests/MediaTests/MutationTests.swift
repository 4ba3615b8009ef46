import Media
import Testing

/// Damaged files must be refused or read, never crash: thousands of small damages.
struct MutationTests {
  @Test(arguments: [
    "rgb.png", "interlaced.png", "palette-clear.png", "rgb16.png", "turned.png",
    "ycbcr.jpg", "progressive.jpg", "cmyk-adobe.jpg", "orientation6.jpg",
  ])
  func damagedFilesNeverCrash(name: String) throws {
    let original = try Pictures.bytes(name)
    var chance = Chance(state: 0x5EED)
    var (read, refused) = (0, 0)
    for _ in 0..<500 {
      var bytes = original
      for _ in 0..<chance.below(4) + 1 { damage(&bytes, &chance) }
      if name.hasSuffix("png"), chance.below(4) > 0 { bytes = PNGChunk.mended(bytes) }
      do {
        let image = try Image(decoding: bytes, name: name)
        #expect(image.pixels.count == image.width * image.height * 3)
        read += 1
      } catch MediaError.tooLarge, MediaError.truncated, MediaError.damaged,
        MediaError.unknownKind, MediaError.emptyFile
      {
        refused += 1
      }
    }
    // Both ways were walked: the damage is neither too gentle nor too rough to test anything.
    #expect(read > 0 && refused > 10, "\(read) read, \(refused) refused")
  }

  private func damage(_ bytes: inout [UInt8], _ chance: inout Chance) {
    guard bytes.count > 8 else { return }
    let place = chance.below(bytes.count)
    switch chance.below(6) {
    case 0: bytes[place] = UInt8(chance.below(256))
    case 1: bytes[place] ^= 1 << UInt8(chance.below(8))
    case 2: bytes.remove(at: place)
    case 3: bytes.insert(UInt8(chance.below(256)), at: place)
    case 4: bytes[place] = chance.below(2) == 0 ? 0 : 255
    default: bytes.insert(contentsOf: bytes[place..<min(place + 9, bytes.count)], at: place)
    }
  }

  /// SplitMix64; Media's tests know no Engine.
  private struct Chance {
    var state: UInt64

    mutating func below(_ count: Int) -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return Int((z ^ (z >> 31)) % UInt64(count))
    }
  }
}
