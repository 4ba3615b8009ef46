extension LandmarkMask {
  /// The mask for inserting a swapped face, 0…255, row by row: the face without the forehead,
  /// feathered.
  ///
  /// So that the soft edge lies on the face, the jaw is moved inwards, which excludes the
  /// background, and the brows are raised, which hides the original ones.
  ///
  /// - Parameter landmarks: 68 points in pixels of the picture.
  public static func insertion(
    landmarks: [SIMD2<Float>], width: Int, height: Int
  ) -> [UInt8] {
    var mask = LandmarkMask()
    mask.includesForehead = false
    mask.softness = 0.12
    let middle = landmarks.reduce(.zero, +) / Float(landmarks.count)
    let moved = landmarks.enumerated().map { index, point in
      middle + ((17..<27).contains(index) ? 1.1 : 0.9) * (point - middle)
    }
    return mask(landmarks: moved, width: width, height: height)
  }
}
