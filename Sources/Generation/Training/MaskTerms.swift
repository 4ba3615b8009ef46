/// The weights of the terms in a learned mask's loss.
public struct MaskTerms: Codable, Equatable, Sendable {
  /// The mean distance from the teacher mask: the hull of the landmarks, or the ellipse.
  public var teacher: Float = 0.5
  /// The error of the picture blended with the mask, generated face over input, against the target.
  public var blend: Float = 0.5
  /// The mean of the mask.
  public var area: Float = 0.02
  /// The total variation of the mask.
  public var variation: Float = 0.02

  /// The best known weights.
  public init() {}
}
