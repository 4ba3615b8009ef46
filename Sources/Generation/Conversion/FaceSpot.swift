public import Faces

/// The position of a face in a picture.
public struct FaceSpot: Equatable, Sendable {
  /// The 68 landmarks in the picture's pixels; nil if they are unknown.
  public let landmarks: [SIMD2<Float>]?
  /// The alignment of its crop.
  public let alignment: FaceAlignment

  /// The position of a face with these landmarks.
  public init(landmarks: [SIMD2<Float>]) {
    self.landmarks = landmarks
    alignment = FaceAlignment(landmarks: landmarks)
  }

  /// The position of the face in a picture that is a crop: its central square.
  ///
  /// - Parameter landmarks: the 68 landmarks in the picture's pixels; nil if they are unknown.
  public init(cropOfWidth width: Int, height: Int, landmarks: [SIMD2<Float>]?) {
    self.landmarks = landmarks
    alignment = FaceAlignment(cropOfWidth: width, height: height)
  }

  /// The landmarks in pixels of a crop of `side`×`side`.
  func landmarksInCrop(side: Int) -> [SIMD2<Float>]? {
    landmarks.map { Crop.points(alignment.place($0), side: side) }
  }
}
