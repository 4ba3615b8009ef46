public import Media

/// A real face that forgeries are made from.
public struct RealFace: Sendable {
  /// The picture, 256×256, as a face set holds it.
  public var image: Image
  /// The 68 landmarks of iBUG 300-W in its pixels, where they are known.
  public var landmarks: [SIMD2<Float>]?
  /// Who it is.
  public var identity: String
  /// The clip or folder that it is from.
  public var clip: String
  /// The frame of the clip, from 0.
  public var frame: Int?

  /// A face as a face set knows it.
  public init(
    image: Image, landmarks: [SIMD2<Float>]?, identity: String, clip: String, frame: Int? = nil
  ) {
    (self.image, self.landmarks) = (image, landmarks)
    (self.identity, self.clip, self.frame) = (identity, clip, frame)
  }
}
