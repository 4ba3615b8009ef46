import Faces

/// Where a swapped face shows.
public enum MaskShape: String, Codable, CaseIterable, Sendable {
  /// The hull of the face's landmarks, which follows the mouth and the jaw.
  case hull
  /// An ellipse in the aligned picture.
  case ellipse
}

extension MaskShape {
  /// The mask at `Crop`'s 64×64 pixels, 0…1, row by row; 0 along the crop's edges.
  public func weights(at spot: FaceSpot) -> [Float] {
    let side = Crop.side
    let step = 1 / Double(side)
    let ellipse = EllipseMask()
    var hull: [UInt8] = []
    if self == .hull {
      var shape = LandmarkMask()
      shape.includesForehead = false
      shape.softness = 0.12
      hull = shape(landmarks: MaskShape.drawnIn(spot.landmarksInCrop), width: side, height: side)
    }
    return (0..<side * side).map { pixel in
      let (x, y) = (pixel % side, pixel / side)
      guard self == .hull else {
        return Float(ellipse.weight(x: (Double(x) + 0.5) * step, y: (Double(y) + 0.5) * step))
      }
      // What the model did not see is not shown: six pixels of the edge fade out.
      let margin = min(x, y, side - 1 - x, side - 1 - y)
      return Float(hull[pixel]) / 255 * min(Float(margin) / 6, 1)
    }
  }

  /// Landmarks drawn towards their middle, so that the mask's soft edge lies on the face and takes
  /// nothing of the background with it.
  private static func drawnIn(_ landmarks: [SIMD2<Float>]) -> [SIMD2<Float>] {
    let middle = landmarks.reduce(.zero, +) / Float(landmarks.count)
    return landmarks.map { middle + 0.9 * ($0 - middle) }
  }
}
