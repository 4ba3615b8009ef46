public import Faces
public import Media

/// A forged face, with a description of the forgery.
public struct Forgery: Equatable, Sendable {
  /// The picture, 256×256; outside the mask it equals the real one, to the bit.
  public var image: Image
  /// The random parameters, by the names that each method documents.
  public var parameters: [String: ParameterValue]
  /// The index of the real face that was inserted; nil for none.
  public var donor: Int?
  /// The identity of the inserted face, if it is another person or a model's version of one.
  public var identity: String?
  /// The blending boundary, 4 m (1 − m) of the mask m, if the method keeps it as ground truth.
  public var boundary: GrayImage?
  /// The forged share of each pixel, 0…1; where it is 0 the picture is unchanged.
  public var mask: Plane
}
