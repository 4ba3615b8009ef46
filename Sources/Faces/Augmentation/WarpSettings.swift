/// How training pictures are disturbed, so that a model learns faces and not pictures.
///
/// The defaults are faceswap's classic recipe (r0.5, `lib/training_data.py`).
public struct WarpSettings: Codable, Equatable, Sendable {
  /// The largest turn to either side, in radians.
  public var rotation = 10 * Double.pi / 180
  /// The largest change of size to either side, as a share.
  public var zoom = 0.05
  /// The largest shift along each axis, as a share of the picture's side.
  public var shift = 0.05
  /// How often a picture is mirrored; later faceswaps take 0.5.
  public var flip = 0.4
  /// The share of the picture's side that is seen.
  public var coverage = Crop.coverage
  /// The deviation of each point of the 5×5 warp grid, in pixels of 256; 0 for no warp.
  public var warpDeviation = 5.0
  /// The share of samples that are not warped, only turned, zoomed, shifted and mirrored.
  public var plainFraction = 0.0
  /// Whether the target is seen from the warp's mean position, as in the classic recipe; without,
  /// the target stays where it was, as in later ones.
  public var refitsTarget = true
  /// Changes of light in the input alone; what a model makes shall have the colors of its own faces.
  public var jitter = ColorJitter()
  /// The share of inputs that are partly hidden by a patch of one color; nil for none.
  ///
  /// The target shows what is under it.
  public var occlusion: Double?
  /// How 2.5 pixels of the picture become one.
  public var sampling = Sampling.area

  /// The classic recipe.
  public init() {}

  /// How pixels are read where several become one.
  public enum Sampling: String, Codable, Sendable {
    /// At one point, as the classic recipe does: quicker, and grainier than what is evaluated.
    case point
    /// At 2×2 points, averaged: close to the area average that is evaluated.
    case area
  }
}
