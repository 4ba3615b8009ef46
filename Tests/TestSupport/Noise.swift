public import Media

/// Reproducible values in 0 ..< 1, which Python makes as well.
///
///     def lcg(n, s=1):
///         out = []
///         for _ in range(n):
///             s = (s * 6364136223846793005 + 1442695040888963407) % 2**64
///             out.append((s >> 33) / 2**31)
///         return np.array(out)
public func lcg(_ count: Int, seed: UInt64 = 1) -> [Double] {
  var state = seed
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 33) / 0x1p31
  }
}

extension Image {
  /// Noise: `(lcg(width * height * 3) * 256).astype(np.uint8)`.
  public static func noise(width: Int, height: Int) -> Image {
    Image(width: width, height: height, pixels: lcg(width * height * 3).map { UInt8($0 * 256) })
  }
}
