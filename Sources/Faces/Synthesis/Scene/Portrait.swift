public import Media

/// A rendered picture of a synthetic person, with its truth.
public struct Portrait: Sendable {
  /// The picture, square.
  public let image: Image
  /// The 68 points of iBUG 300-W by Sagonas and others 2013, in its order.
  public let landmarks: [Landmark]
  /// How much of each pixel is skin of the face, 0…255, row by row: the face without ears and neck,
  /// hair, glasses, and the inside of eyes and mouth counting as face.
  public let mask: [UInt8]
  /// How far each pixel's surface is from the camera, in centimeters, row by row; infinite where
  /// there is none.
  public let depth: [Float]
}

/// One point of a face.
public struct Landmark: Codable, Equatable, Sendable {
  /// In pixels of the picture; pixel `k` covers `k ..< k + 1`.
  public var position: SIMD2<Float>
  /// False where something nearer hides it.
  public var isVisible: Bool
}
