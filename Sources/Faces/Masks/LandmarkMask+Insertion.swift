extension LandmarkMask {
  /// The mask for inserting a swapped face, 0…255, row by row: from the jaw to the forehead, with
  /// the brows, feathered.
  ///
  /// So that the soft edge lies on the face, the jaw is moved inwards, which excludes the
  /// background, and the brows are raised onto the forehead, which hides the original ones. They are
  /// raised as far as `Crop` reaches above the mean face.
  ///
  /// - Parameter landmarks: 68 points in pixels of the picture.
  public static func insertion(
    landmarks: [SIMD2<Float>], width: Int, height: Int
  ) -> [UInt8] {
    var mask = LandmarkMask()
    mask.includesForehead = false
    mask.softness = 0.12
    let middle = landmarks.reduce(.zero, +) / Float(landmarks.count)
    var moved = landmarks.enumerated().map { index, point in
      middle + ((17..<27).contains(index) ? 1.1 : 0.9) * (point - middle)
    }
    let raised = forehead(of: moved.map { SIMD2<Double>($0) }, height: 0.1)
    for (index, point) in zip(17..<27, raised) { moved[index] = SIMD2<Float>(point) }
    return mask(landmarks: moved, width: width, height: height)
  }
}
