public import Media

/// A real face that forgeries are made from.
public struct RealFace: Sendable {
  /// The picture, 256×256, as in a face set.
  public var image: Image
  /// The 68 landmarks of iBUG 300-W in its pixels, if known.
  public var landmarks: [SIMD2<Float>]?
  /// The identity.
  public var identity: String
  /// The clip or folder that it belongs to.
  public var clip: String
  /// The frame of the clip, from 0.
  public var frame: Int?

  /// A face from a face set.
  public init(
    image: Image, landmarks: [SIMD2<Float>]?, identity: String, clip: String, frame: Int? = nil
  ) {
    (self.image, self.landmarks) = (image, landmarks)
    (self.identity, self.clip, self.frame) = (identity, clip, frame)
  }
}
