/// A face in a picture.
public struct FoundFace: Equatable, Sendable {
  /// The box in the picture's pixels; may extend beyond the picture's edges.
  public var box: FaceBox
  /// The finder's confidence: about 0 (low) to 3.
  public var score: Double
  /// The 68 points of iBUG 300-W, in its order, in the picture's pixels.
  public var landmarks: [SIMD2<Float>]
}
