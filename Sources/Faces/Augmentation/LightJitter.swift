import Engine
import Foundation

/// Random changes of the light in a picture: exposure, color, and a slope across the picture.
///
/// Inputs and targets get the same change, so that a model learns to keep the light of its input.
public struct LightJitter: Codable, Equatable, Sendable {
  /// The largest change of the exposure, as a natural logarithm.
  public var exposure: Double
  /// The largest change of each channel, as a natural logarithm.
  public var channel: Double
  /// The largest change from the center to an edge along each axis, as a share.
  public var slope: Double

  /// A multiple of a quarter more or less light, 6 % of color and 25 % of slope.
  public init(strength: Double) {
    (exposure, channel, slope) = (0.25 * strength, 0.06 * strength, 0.25 * strength)
  }

  /// The multiple, computed from the exposure.
  public var strength: Double { (exposure / 0.25 * 1000).rounded() / 1000 }
}

/// One random change of light: a factor per channel that changes linearly across the picture.
struct LightChange: Equatable, Sendable {
  private let gain: SIMD3<Float>
  private let slope: SIMD2<Float>

  init(_ jitter: LightJitter, from source: inout RandomSource) {
    let exposure = jitter.exposure * source.uniform(-1...1)
    var gain = SIMD3<Float>.zero
    for channel in 0..<3 {
      gain[channel] = Float(exp(exposure + jitter.channel * source.uniform(-1...1)))
    }
    self.gain = gain
    slope = SIMD2(
      Float(jitter.slope * source.uniform(-1...1)), Float(jitter.slope * source.uniform(-1...1)))
  }

  /// Changes `side`×`side` colors in 0…1, which stay there.
  func apply(to colors: inout MutableSpan<Float>, side: Int) {
    let step = 2 / Float(side)
    for row in 0..<side {
      let down = 1 + slope.y * ((Float(row) + 0.5) * step - 1)
      for column in 0..<side {
        let factor = max(down + slope.x * ((Float(column) + 0.5) * step - 1), 0)
        let at = (row * side + column) * 3
        for channel in 0..<3 {
          colors[at + channel] = min(colors[at + channel] * gain[channel] * factor, 1)
        }
      }
    }
  }
}
