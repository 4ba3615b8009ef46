/// What a learned mask is drawn to: the weights of the terms in its loss.
public struct MaskTerms: Codable, Equatable, Sendable {
  /// Of the mean distance from the teacher: the hull of the landmarks, or without any the ellipse.
  public var teacher: Float = 0.5
  /// Of the error of the picture that the mask blends, made face over input, against the target.
  public var blend: Float = 0.5
  /// Of the share of the crop that shows.
  public var area: Float = 0.02
  /// Of its total variation.
  public var variation: Float = 0.02

  /// The weights that are best as far as is known.
  public init() {}
}
