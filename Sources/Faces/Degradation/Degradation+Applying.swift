public import Engine
public import Media

extension Degradation {
  /// The degraded picture, of the same size.
  ///
  /// - Parameter randomness: the source of noise and of the resizing filters.
  public func applied(
    to image: Image, randomness: RandomSource
  ) throws(MediaError) -> Image {
    try applied(to: [image], randomness: randomness)[0]
  }

  /// The degraded frames of a clip: all with the same strengths and filters, each with its own
  /// noise, compressed as one video.
  ///
  /// - Parameter randomness: the source of noise, of the resizing filters and of the interval of
  ///   keyframes.
  public func applied(
    to frames: [Image], randomness: RandomSource
  ) throws(MediaError) -> [Image] {
    var chance = randomness
    switch self {
    case .jpeg(let quality):
      return try frames.changed { image throws(MediaError) in
        let file = try image.encoded(as: .jpeg(quality: quality), mark: nil)
        return try Image(decoding: file, name: "a JPEG in memory")
      }
    case .h264(let quantizer):
      return try frames.throughH264(
        quantizer: quantizer, keyframes: Degradation.keyframes(chance.split(1)))
    case .resize(let scale):
      return try Degradation.resized(frames, scale: scale, chance: &chance) {
        small throws(MediaError) in small
      }
    case .transcode(let scale, let quantizer, let motion):
      let source = chance.split(0)
      return try Degradation.resized(frames, scale: scale, chance: &chance) {
        small throws(MediaError) in
        // A picture alone is predicted from frames that are made up; those of a clip from one another.
        guard small.count == 1, let motion else {
          return try small.throughH264(
            quantizer: quantizer, keyframes: Degradation.keyframes(source.split(1)))
        }
        let before = small[0].frames(before: 3, motion: motion, randomness: source)
        return [try small[0].throughH264(quantizer: quantizer, after: before)]
      }
    case .sharpen(let amount): return frames.map { $0.sharpened(amount: amount) }
    case .blur(let deviation): return frames.map { $0.blurred(deviation: deviation) }
    case .noise(let deviation):
      let likely = NormalTable.values.map { $0 * Float(deviation) }
      return frames.map { $0.noised(likely, seed: chance.next()) }
    case .color(let brightness, let contrast, let saturation):
      return frames.map {
        $0.recolored(
          by: ColorMatrix().saturation(Float(saturation)).contrast(Float(contrast))
            .adding(SIMD3(repeating: Float(brightness) * 255)))
      }
    }
  }

  /// A random interval of keyframes, as encoders and streaming services have them.
  private static func keyframes(_ randomness: RandomSource) -> Int {
    var chance = randomness
    return [12, 25, 50, 250][Int(chance.next() % 4)]
  }

  /// Reduced with one random filter, changed, and enlarged to their original size with another.
  private static func resized(
    _ frames: [Image], scale: Double, chance: inout RandomSource,
    _ change: ([Image]) throws(MediaError) -> [Image]
  ) throws(MediaError) -> [Image] {
    func side(_ length: Int) -> Int { min(max(Int((Double(length) * scale).rounded()), 1), length) }
    let shrinking: [ResizeFilter] = [.area, .bilinear, .lanczos]
    let enlarging: [ResizeFilter] = [.bilinear, .lanczos]
    let small = shrinking[Int(chance.next() % 3)]
    let large = enlarging[Int(chance.next() % 2)]
    let smaller = frames.map {
      $0.resized(width: side($0.width), height: side($0.height), filter: small)
    }
    return zip(try change(smaller), frames).map { changed, frame in
      changed.resized(width: frame.width, height: frame.height, filter: large)
    }
  }
}

extension [Image] {
  /// Each frame, changed by itself.
  fileprivate func changed(
    _ change: (Image) throws(MediaError) -> Image
  ) throws(MediaError) -> [Image] {
    var result: [Image] = []
    for image in self { result.append(try change(image)) }
    return result
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
    try applied(to: [image], randomness: randomness)[0]
  }

  /// The frames of a clip after all degradations, in order.
  public func applied(to frames: [Image], randomness: RandomSource) throws(MediaError) -> [Image] {
    var result = frames
    for (index, degradation) in enumerated() {
      result = try degradation.applied(to: result, randomness: randomness.split(index))
    }
    return result
  }
}
