/// A face in a picture.
public struct FoundFace: Equatable, Sendable {
  /// Where it is, in the picture's pixels; may reach over the picture's edges.
  public var box: FaceBox
  /// How sure the finder is: about 0 (barely) to 3.
  public var score: Double
  /// The 68 points of iBUG 300-W, in its order, in the picture's pixels.
  public var landmarks: [SIMD2<Float>]
}
