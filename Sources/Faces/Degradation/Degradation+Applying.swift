public import Engine
public import Media

extension Degradation {
  /// The degraded picture, of the same size.
  ///
  /// - Parameter randomness: the source of noise and of the resizing filters.
  public func applied(
    to image: Image, randomness: RandomSource
  ) throws(MediaError) -> Image {
    var chance = randomness
    switch self {
    case .jpeg(let quality):
      let file = try image.encoded(as: .jpeg(quality: quality), mark: nil)
      return try Image(decoding: file, name: "a JPEG in memory")
    case .h264(let quantizer): return try image.throughH264(quantizer: quantizer)
    case .resize(let scale):
      return try Degradation.resized(image, scale: scale, chance: &chance) {
        small throws(MediaError) in small
      }
    case .transcode(let scale, let quantizer, let motion):
      let source = chance.split(0)
      return try Degradation.resized(image, scale: scale, chance: &chance) {
        small throws(MediaError) in
        try small.throughH264(
          quantizer: quantizer,
          after: motion.map { small.frames(before: 3, motion: $0, randomness: source) } ?? [])
      }
    case .sharpen(let amount): return image.sharpened(amount: amount)
    case .blur(let deviation): return image.blurred(deviation: deviation)
    case .noise(let deviation):
      let likely = NormalTable.values.map { $0 * Float(deviation) }
      return image.noised(likely, seed: chance.next())
    case .color(let brightness, let contrast, let saturation):
      return image.recolored(
        by: ColorMatrix().saturation(Float(saturation)).contrast(Float(contrast))
          .adding(SIMD3(repeating: Float(brightness) * 255)))
    }
  }

  /// Reduced with one random filter, changed, and enlarged to its original size with another.
  private static func resized(
    _ image: Image, scale: Double, chance: inout RandomSource,
    _ change: (Image) throws(MediaError) -> Image
  ) throws(MediaError) -> Image {
    func side(_ length: Int) -> Int { min(max(Int((Double(length) * scale).rounded()), 1), length) }
    let shrinking: [ResizeFilter] = [.area, .bilinear, .lanczos]
    let enlarging: [ResizeFilter] = [.bilinear, .lanczos]
    let smaller = image.resized(
      width: side(image.width), height: side(image.height),
      filter: shrinking[Int(chance.next() % 3)])
    return try change(smaller).resized(
      width: image.width, height: image.height, filter: enlarging[Int(chance.next() % 2)])
  }
}

extension Image {
  /// Frames of a camera that moves and zooms steadily toward this picture, oldest first.
  ///
  /// - Parameter motion: pixels per frame.
  fileprivate func frames(before count: Int, motion: Double, randomness: RandomSource) -> [Image] {
    var chance = randomness
    let step = SIMD2(chance.uniform(-1...1), chance.uniform(-1...1)) * motion
    let zoom = chance.uniform(-0.004...0.004)
    let center = SIMD2(Double(width), Double(height)) / 2
    return (1...count).reversed().map { age in
      let scale = 1 + zoom * Double(age)
      return warped(
        columnX: SIMD2(scale, 0), columnY: SIMD2(0, scale),
        origin: center * (1 - scale) + step * Double(age), width: width, height: height)
    }
  }
}

extension [Degradation] {
  /// The picture after all degradations, in order.
  public func applied(to image: Image, randomness: RandomSource) throws(MediaError) -> Image {
    var result = image
    for (index, degradation) in enumerated() {
      result = try degradation.applied(to: result, randomness: randomness.split(index))
    }
    return result
  }
}
