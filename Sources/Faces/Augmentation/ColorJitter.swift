import Engine

/// Random changes of light and color; each is drawn evenly within its limit to either side.
public struct ColorJitter: Codable, Equatable, Sendable {
  /// Added to every value, 0…1.
  public var brightness = 0.0
  /// The change of the distance to middle gray, as a share.
  public var contrast = 0.0
  /// The change of each channel on its own, as a share.
  public var channel = 0.0

  /// No change at all, as in the classic recipe.
  public init() {}

  /// A little of each: about what a cloud or another lamp does.
  public static var gentle: ColorJitter { ColorJitter(strength: 1) }

  /// So many times as much as `gentle`.
  public init(strength: Double) {
    brightness = 0.05 * strength
    contrast = 0.1 * strength
    channel = 0.04 * strength
  }

  /// How many times as much as `gentle`, by the contrast.
  public var strength: Double { (contrast / 0.1 * 1000).rounded() / 1000 }
}

/// One drawn change of light: `value * scale + offset`, channel by channel.
struct Tint: Equatable, Sendable {
  var scale = SIMD3<Float>(repeating: 1)
  var offset = SIMD3<Float>(repeating: 0)

  init() {}

  init(_ jitter: ColorJitter, from source: inout RandomSource) {
    let brightness = jitter.brightness * source.uniform(-1...1)
    let contrast = 1 + jitter.contrast * source.uniform(-1...1)
    for channel in 0..<3 {
      let gain = 1 + jitter.channel * source.uniform(-1...1)
      scale[channel] = Float(contrast * gain)
      offset[channel] = Float((0.5 - 0.5 * contrast + brightness) * gain)
    }
  }
}
