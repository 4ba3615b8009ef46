import Engine
import Faces
import Media

/// How the outline of a forged region is drawn: moved by chance, drawn in, and made soft.
public struct MaskEdge: Codable, Equatable, Sendable {
  /// How far the outline is moved, as `ElasticTransform`'s alpha: 50 is 1.2 pixels on average.
  public var elasticStrength = 50.0
  /// How smooth that movement is: the deviation of its blur in pixels, as its sigma.
  public var elasticDeviation = 7.0
  /// The kernel, in pixels, by whose radius the region is drawn in.
  public var drawnIn = StrengthRange(5, 25)
  /// The kernel, in pixels, of the blur that makes its edge soft.
  public var soft = StrengthRange(5, 25)
  /// The deviation, in pixels, of that blur; far above the kernel's radius it is a mean.
  public var softDeviation = StrengthRange(5, 45)

  /// As self-blended images have it.
  public init() {}

  /// The mask of a region, and what was drawn for it.
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
