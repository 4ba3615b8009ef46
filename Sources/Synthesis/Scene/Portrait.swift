import Faces
public import Media

/// A rendered picture of a synthetic person, with its ground truth.
public struct Portrait: Sendable {
  /// The picture, square.
  public let image: Image
  /// The 68 landmarks of iBUG 300-W (Sagonas and others 2013), in its order.
  public let landmarks: [Landmark]
  /// The share of facial skin in each pixel, 0…255, row by row: the face without ears and neck;
  /// hair, glasses, and the inside of eyes and mouth count as face.
  public let mask: [UInt8]
  /// The distance of each pixel's surface from the camera, in centimeters, row by row; infinite for
  /// the background.
  public let depth: [Float]
}

/// One landmark of a face.
public struct Landmark: Codable, Equatable, Sendable {
  /// In pixels of the picture; pixel `k` covers `k ..< k + 1`.
  public var position: SIMD2<Float>
  /// False if it is occluded.
  public var isVisible: Bool
}
