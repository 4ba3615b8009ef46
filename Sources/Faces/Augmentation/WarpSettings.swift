/// The augmentation of training pictures.
///
/// The defaults are faceswap's classic recipe (r0.5, `lib/training_data.py`).
public struct WarpSettings: Codable, Equatable, Sendable {
  /// The maximum rotation in either direction, in radians.
  public var rotation = 10 * Double.pi / 180
  /// The maximum change of size in either direction, as a share.
  public var zoom = 0.05
  /// The maximum shift along each axis, as a share of the picture's side.
  public var shift = 0.05
  /// The probability of a horizontal flip; later faceswap versions use 0.5.
  public var flip = 0.4
  /// The share of the picture's side that is used.
  public var coverage = Crop.coverage
  /// The standard deviation of each point of the 5×5 warp grid, in pixels of 256; 0 for no warp.
  public var warpDeviation = 5.0
  /// The share of samples that are rotated, scaled, shifted and flipped, but not warped.
  public var plainFraction = 0.0
  /// Whether the target is aligned to the warp's mean position, as in the classic recipe; otherwise
  /// it keeps its position, as in later versions.
  public var refitsTarget = true
  /// Color changes of the input only: the output should have the colors of its own person.
  public var jitter = ColorJitter()
  /// The share of inputs that are partly occluded by an ellipse of one color; nil for none.
  ///
  /// The target shows the face beneath.
  public var occlusion: Double?
  /// How 2.5 pixels of the picture become one.
  public var sampling = Sampling.area

  /// The classic recipe.
  public init() {}

  /// The sampling of pictures that are reduced.
  public enum Sampling: String, Codable, Sendable {
    /// One sample per pixel, as in the classic recipe: faster, and grainier than at evaluation.
    case point
    /// The mean of 2×2 samples: close to the area average used at evaluation.
    case area
  }
}
