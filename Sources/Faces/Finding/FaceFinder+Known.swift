public import Media

extension FaceFinder {
  /// The 68 landmarks of a face whose approximate landmarks are known.
  ///
  /// Nothing is searched: the predictor starts in the box in which the detector would have found
  /// the face.
  ///
  /// - Parameter exact: 68 points in the picture's pixels.
  public func landmarks(
    in image: Image, near exact: [SIMD2<Float>]
  ) throws(FacesError) -> [SIMD2<Float>] {
    try landmarks(in: image, box: FaceBox(around: exact))
  }
}
