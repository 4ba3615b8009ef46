/// One value for each site of a sensor under a Bayer mosaic, and their bilinear demosaicing.
///
/// Each site has a value for its own color; a pixel's missing colors are interpolated from its neighbors, so
/// that independent sites give slightly smooth and colored pixels.
struct Mosaic {
  private let row: Int
  private let sites: [Float]

  /// - Parameters:
  ///   - side: the side of the picture in pixels.
  ///   - sites: the values row by row, with a border of one site on all sides.
  init(side: Int, sites: [Float]) {
    precondition(sites.count == (side + 2) * (side + 2), "\(sites.count) sites for \(side) pixels")
    row = side + 2
    self.sites = sites
  }

  /// The three colors of a pixel.
  @inline(__always)
  func value(x: Int, y: Int) -> SIMD3<Float> {
    let at = (y + 1) * row + x + 1
    let own = sites[at]
    let beside = (sites[at - 1] + sites[at + 1]) / 2
    let above = (sites[at - row] + sites[at + row]) / 2
    switch (y & 1, x & 1) {
    case (0, 0): return SIMD3(own, (beside + above) / 2, corners(at))
    case (1, 1): return SIMD3(corners(at), (beside + above) / 2, own)
    case (0, _): return SIMD3(beside, own, above)
    default: return SIMD3(above, own, beside)
    }
  }

  private func corners(_ at: Int) -> Float {
    (sites[at - row - 1] + sites[at - row + 1] + sites[at + row - 1] + sites[at + row + 1]) / 4
  }

  /// A nearly normal deviate: the sum of four uniform numbers.
  @inline(__always)
  static func deviate(_ bits: UInt64) -> Float {
    let sum = (bits & 0xFFFF) + (bits >> 16 & 0xFFFF) + (bits >> 32 & 0xFFFF) + (bits >> 48)
    return (Float(sum) / 65536 - 2) * 1.7320508
  }
}
