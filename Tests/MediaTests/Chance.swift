/// SplitMix64; Media's tests know no Engine.
struct Chance {
  var state: UInt64

  mutating func below(_ count: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(count))
  }

  /// Changes, adds or takes away a few bytes.
  mutating func damage(_ bytes: inout [UInt8]) {
    guard bytes.count > 8 else { return }
    let place = below(bytes.count)
    switch below(6) {
    case 0: bytes[place] = UInt8(below(256))
    case 1: bytes[place] ^= 1 << UInt8(below(8))
    case 2: bytes.remove(at: place)
    case 3: bytes.insert(UInt8(below(256)), at: place)
    case 4: bytes[place] = below(2) == 0 ? 0 : 255
    default: bytes.insert(contentsOf: bytes[place..<min(place + 9, bytes.count)], at: place)
    }
  }
}
