public import Engine

/// The distribution of random degradations: kinds, strengths and order.
///
/// Real and fake samples draw from the same distribution.
public struct DegradationDraw: Codable, Equatable, Sendable {
  /// A probability, 0…1, and a range of strengths, uniformly distributed.
  public struct Chance: Codable, Equatable, Sendable {
    /// The probability.
    public var probability: Double
    /// The minimum and maximum strength.
    public var least, greatest: Double

    /// A probability and a range.
    public init(_ probability: Double, from least: Double, to greatest: Double) {
      (self.probability, self.least, self.greatest) = (probability, least, greatest)
    }

    /// A random strength, or nil for no degradation.
    func drawn(from chance: inout RandomSource) -> Double? {
      let happens = chance.uniform() < probability
      let strength = chance.uniform(min(least, greatest)...max(least, greatest))
      return happens ? strength : nil
    }
  }

  /// JPEG, by its quality, 1–100.
  public var jpeg = Chance(0.4, from: 40, to: 100)
  /// H.264, by its quantizer, 0–51; slow, so it is off by default.
  public var h264 = Chance(0, from: 18, to: 40)
  /// Reduction by a factor of the sides, 0…1, H.264 at that size with a quantizer from the range of
  /// `h264`, and enlargement; off by default.
  public var transcode = Chance(0, from: 0.4, to: 1)
  /// Whether `transcode` predicts the frame from others, by the motion in pixels per frame; off by
  /// default.
  public var motion = Chance(0, from: 0, to: 3)
  /// Sharpening, by its amount; off by default.
  public var sharpen = Chance(0, from: 0.2, to: 1)
  /// Reduction and enlargement, by the factor of the sides, 0…1.
  public var resize = Chance(0.2, from: 0.4, to: 0.95)
  /// A Gaussian blur, by its standard deviation in pixels.
  public var blur = Chance(0.2, from: 0.3, to: 1.6)
  /// Gaussian noise, by its standard deviation in values of 0…255.
  public var noise = Chance(0.2, from: 1, to: 8)
  /// A color change, by the maximum change of brightness, contrast and saturation, as a share.
  public var color = Chance(0.5, from: 0, to: 0.15)

  /// All ranges.
  public static let chances: [any WritableKeyPath<DegradationDraw, Chance> & Sendable] = [
    \.jpeg, \.h264, \.transcode, \.motion, \.resize, \.blur, \.sharpen, \.noise, \.color,
  ]

  /// Color in half of the pictures, JPEG in two of five, the others in one of five, no H.264: three
  /// of ten pictures keep their sharpness.
  public init() {}

  /// No degradations.
  public static var none: DegradationDraw {
    var draw = DegradationDraw()
    for chance in chances { draw[keyPath: chance].probability = 0 }
    return draw
  }

  /// Random degradations of one picture, in order.
  public func drawn(randomness: RandomSource) -> [Degradation] {
    var chance = randomness
    var drawn: [Degradation] = []
    if let quality = jpeg.drawn(from: &chance) {
      drawn.append(.jpeg(quality: min(max(Int(quality.rounded()), 1), 100)))
    }
    if let quantizer = h264.drawn(from: &chance) {
      drawn.append(.h264(quantizer: min(max(Int(quantizer.rounded()), 0), 51)))
    }
    if let scale = resize.drawn(from: &chance) { drawn.append(.resize(scale: scale)) }
    if let deviation = blur.drawn(from: &chance) { drawn.append(.blur(deviation: deviation)) }
    if let deviation = noise.drawn(from: &chance) { drawn.append(.noise(deviation: deviation)) }
    if let most = color.drawn(from: &chance) {
      drawn.append(
        .color(
          brightness: most * chance.uniform(-1...1), contrast: 1 + most * chance.uniform(-1...1),
          saturation: 1 + 2 * most * chance.uniform(-1...1)))
    }
    // Drawn only where they can happen, so that they change no other draw.
    if transcode.probability > 0, let scale = transcode.drawn(from: &chance) {
      let quantizer = chance.uniform(
        min(h264.least, h264.greatest)...max(h264.least, h264.greatest))
      let speed = motion.probability > 0 ? motion.drawn(from: &chance) : nil
      drawn.append(
        .transcode(
          scale: scale, quantizer: min(max(Int(quantizer.rounded()), 0), 51), motion: speed))
    }
    if sharpen.probability > 0, let amount = sharpen.drawn(from: &chance) {
      drawn.append(.sharpen(amount: amount))
    }
    return drawn.shuffled(using: &chance)
  }

  /// Random degradations of a clip, in order: as of a picture, but no JPEG, and always H.264, by a
  /// quantizer from the range of `h264`, at last if nothing else compresses.
  public func drawnForClip(randomness: RandomSource) -> [Degradation] {
    let drawn = drawn(randomness: randomness).filter { $0.kind != .jpeg }
    guard !drawn.contains(where: { [.h264, .transcode].contains($0.kind) }) else { return drawn }
    var chance = randomness.split(0)
    let quantizer = chance.uniform(min(h264.least, h264.greatest)...max(h264.least, h264.greatest))
    return drawn + [.h264(quantizer: min(max(Int(quantizer.rounded()), 0), 51))]
  }
}
