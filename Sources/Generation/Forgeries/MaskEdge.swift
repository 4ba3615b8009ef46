import Engine
import Faces
import Media

/// The edge of a forged region: randomly displaced, eroded, and softened.
public struct MaskEdge: Codable, Equatable, Sendable {
  /// The strength of the displacement, as `ElasticTransform`'s alpha: 50 is 1.2 pixels on average.
  public var elasticStrength = 50.0
  /// The smoothness of the displacement: the standard deviation of its blur in pixels, as its
  /// sigma.
  public var elasticDeviation = 7.0
  /// The kernel of the erosion, in pixels; the region shrinks by its radius.
  public var drawnIn = StrengthRange(5, 25)
  /// The kernel of the softening blur, in pixels.
  public var soft = StrengthRange(5, 25)
  /// The standard deviation of the softening blur, in pixels; far above the kernel's radius it is a
  /// box filter.
  public var softDeviation = StrengthRange(5, 45)

  /// As in self-blended images.
  public init() {}

  /// The mask of a region, and its random parameters.
  func mask(of region: FaceRegion, chance: inout RandomSource) -> (Plane, [String: ParameterValue])
  {
    let (inner, outer) = (chance.odd(drawnIn), chance.odd(soft))
    let deviation = softDeviation.drawn(from: &chance)
    let moved = region.deformed(
      strength: elasticStrength, deviation: elasticDeviation, chance: &chance)
    let mask = moved.softened(
      drawnIn: FaceRegion.taps(kernel: inner),
      soft: FaceRegion.taps(kernel: outer, deviation: deviation))
    return (
      mask,
      ["drawn_in": .number(Double(inner)), "soft": .number(Double(outer))]
    )
  }
}
