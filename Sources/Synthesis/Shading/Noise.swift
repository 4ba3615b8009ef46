/// Deterministic noise over a plane.
struct Noise {
  private let seed: UInt32

  init(_ seed: UInt64, _ layer: UInt32 = 0) {
    let folded = UInt32(truncatingIfNeeded: seed ^ (seed >> 32))
    self.seed = Noise.mixed(folded &+ layer &* 0x9E37_79B9)
  }

  /// A smooth value in −1…1, with features of about size 1.
  func callAsFunction(_ x: Float, _ y: Float) -> Float {
    let (cx, cy) = (Noise.floor(x), Noise.floor(y))
    let (u, v) = (x - Float(cx), y - Float(cy))
    let (su, sv) = (u * u * (3 - 2 * u), v * v * (3 - 2 * v))
    let low = mix(cell(cx, cy), cell(cx &+ 1, cy), su)
    let high = mix(cell(cx, cy &+ 1), cell(cx &+ 1, cy &+ 1), su)
    return mix(low, high, sv) * 2 - 1
  }

  /// Noise at two scales, the second with half the size and half the amplitude.
  func rough(_ x: Float, _ y: Float) -> Float {
    (self(x, y) + 0.5 * self(x * 2.03 + 7, y * 2.03 + 3)) / 1.5
  }

  /// The value in 0..<1 of one unit square of the plane.
  @inline(__always)
  func cell(_ x: Int32, _ y: Int32) -> Float {
    let key = UInt32(bitPattern: x) &* 0x8DA6_B343 ^ UInt32(bitPattern: y) &* 0xD816_3841 ^ seed
    return Float(Noise.mixed(key) >> 8) * 0x1p-24
  }

  /// Spots: the proximity of a point to the nearest of scattered discs, 1 at the center.
  ///
  /// - Parameter share: the share of unit squares that contain a spot.
  func spots(_ x: Float, _ y: Float, share: Float) -> Float {
    let (cx, cy) = (Noise.floor(x), Noise.floor(y))
    guard cell(cx, cy) < share else { return 0 }
    let radius = 0.16 + 0.22 * cell(cx &+ 311, cy)
    let middle = SIMD2(
      radius + (1 - 2 * radius) * cell(cx, cy &+ 177),
      radius + (1 - 2 * radius) * cell(cx &+ 53, cy &+ 91))
    return bump(x - Float(cx) - middle.x, radius, y - Float(cy) - middle.y, radius)
  }

  /// The floor; four times as fast as `rounded(.down)`, which calls the C library.
  @inline(__always)
  private static func floor(_ x: Float) -> Int32 {
    let whole = Int32(x)
    return Float(whole) > x ? whole - 1 : whole
  }

  @inline(__always)
  private static func mixed(_ value: UInt32) -> UInt32 {
    var z = value
    z = (z ^ (z >> 16)) &* 0x7FEB_352D
    z = (z ^ (z >> 15)) &* 0x846C_A68B
    return z ^ (z >> 16)
  }
}
