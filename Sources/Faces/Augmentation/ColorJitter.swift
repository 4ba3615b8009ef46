import Engine

/// Random changes of brightness and color; each is uniform within its limit in either direction.
public struct ColorJitter: Codable, Equatable, Sendable {
  /// The offset of all values, 0…1.
  public var brightness = 0.0
  /// The change of the distance to middle gray, as a share.
  public var contrast = 0.0
  /// The change of each channel separately, as a share.
  public var channel = 0.0

  /// No change at all, as in the classic recipe.
  public init() {}

  /// A mild jitter, comparable to a passing cloud or another lamp.
  public static var gentle: ColorJitter { ColorJitter(strength: 1) }

  /// A multiple of `gentle`.
  public init(strength: Double) {
    brightness = 0.05 * strength
    contrast = 0.1 * strength
    channel = 0.04 * strength
  }

  /// The multiple of `gentle`, computed from the contrast.
  public var strength: Double { (contrast / 0.1 * 1000).rounded() / 1000 }
}

/// One random change of color: `value * scale + offset`, per channel.
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
