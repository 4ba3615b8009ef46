import Engine
import Faces

/// The noise of a sensor under a Bayer mosaic, after bilinear demosaicing.
///
/// Each site has one deviate for its own color; a pixel's missing colors are interpolated from its
/// neighbors, so noise is slightly smooth and colored.
struct SensorNoise {
  private let side: Int
  /// One deviate per site, with a border of one site.
  private let sites: [Float]

  init(_ camera: Camera, side: Int) {
    self.side = side
    var randomness = RandomSource(seed: camera.grain)
    // Demosaicing removes 3/8 of the variance.
    let scale = camera.noise / 255 * 1.28
    sites = (0..<(side + 2) * (side + 2)).map { _ in
      // The sum of four uniform numbers is nearly normal.
      let bits = randomness.next()
      let sum =
        (bits & 0xFFFF) + (bits >> 16 & 0xFFFF) + (bits >> 32 & 0xFFFF) + (bits >> 48)
      return (Float(sum) / 65536 - 2) * 1.7320508 * scale
    }
  }

  /// The noise of a pixel, in sRGB.
  @inline(__always)
  func value(x: Int, y: Int, _ encoded: SIMD3<Float>) -> SIMD3<Float> {
    let row = side + 2
    let at = (y + 1) * row + x + 1
    let own = sites[at]
    let beside = (sites[at - 1] + sites[at + 1]) / 2
    let above = (sites[at - row] + sites[at + row]) / 2
    let noise: SIMD3<Float>
    switch (y & 1, x & 1) {
    case (0, 0): noise = SIMD3(own, (beside + above) / 2, corners(at, row))
    case (1, 1): noise = SIMD3(corners(at, row), (beside + above) / 2, own)
    case (0, _): noise = SIMD3(beside, own, above)
    default: noise = SIMD3(above, own, beside)
    }
    // Shot noise grows slower than light; the curve of sRGB lifts the shadows' noise.
    return noise * (1.45 - 0.9 * encoded)
  }

  private func corners(_ at: Int, _ row: Int) -> Float {
    (sites[at - row - 1] + sites[at - row + 1] + sites[at + row - 1] + sites[at + row + 1]) / 4
  }
}
