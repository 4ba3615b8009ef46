public import Faces
public import Media

/// A forged face, and what was done.
public struct Forgery: Equatable, Sendable {
  /// The picture, 256×256; outside of the forged region it is the real one's, to the bit.
  public var image: Image
  /// What was drawn, by the names that each method documents.
  public var parameters: [String: ParameterValue]
  /// The real face whose pixels were put in, by its number; nil where there is none.
  public var donor: Int?
  /// Whose face the picture shows now, where that is another person or what a model makes of them.
  public var identity: String?
  /// Where the two pictures meet, 4 m (1 − m) of the mask m, where the method keeps it as truth.
  public var boundary: GrayImage?
  /// How much of each pixel was forged, 0…1; 0 is exactly the real picture.
  public var mask: Plane
}
