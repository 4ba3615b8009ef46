public import Engine
import Faces

/// The shape of a swapped face's mask.
public enum MaskShape: String, Codable, CaseIterable, Sendable {
  /// The hull of the face's landmarks, from the jaw to the forehead.
  case hull
  /// An ellipse in the crop.
  case ellipse
  /// The whole crop.
  case none
  /// The model's own mask, if it was trained to output one.
  case learned
}

extension MaskShape {
  /// The mask at a crop's pixels, 0…1, row by row.
  ///
  /// 0 along the crop's edges except for `none`. A shape without its required input falls back to
  /// the ellipse.
  ///
  /// - Parameters:
  ///   - landmarks: 68 points in pixels of the crop, for the hull.
  ///   - side: the side of the crop in pixels.
  ///   - learned: the model's masks, `[N, side, side, 1]`.
  ///   - index: the index in the batch.
  public func weights(
    landmarks: [SIMD2<Float>]?, side: Int, learned: Tensor? = nil, at index: Int = 0
  ) -> [Float] {
    switch self {
    case .none:
      return [Float](repeating: 1, count: side * side)
    case .hull:
      guard let landmarks else { return MaskShape.ellipse.weights(landmarks: nil, side: side) }
      let hull = LandmarkMask.insertion(landmarks: landmarks, width: side, height: side)
      return hull.indices.map { Float(hull[$0]) / 255 * MaskShape.fade(at: $0, side: side) }
    case .learned:
      guard let learned else { return MaskShape.ellipse.weights(landmarks: nil, side: side) }
      let alpha = learned.samples(index..<index + 1).converted(to: .float32).values
      return alpha.indices.map { min(max(alpha[$0], 0), 1) * MaskShape.fade(at: $0, side: side) }
    case .ellipse:
      let ellipse = EllipseMask()
      let step = 1 / Double(side)
      return (0..<side * side).map {
        Float(
          ellipse.weight(
            x: (Double($0 % side) + 0.5) * step, y: (Double($0 / side) + 0.5) * step))
      }
    }
  }

  /// The mask of a face in a picture; see `weights(landmarks:side:learned:at:)`.
  public func weights(
    at spot: FaceSpot, side: Int, learned: Tensor? = nil, index: Int = 0
  ) -> [Float] {
    weights(
      landmarks: spot.landmarksInCrop(side: side), side: side, learned: learned, at: index)
  }

  /// Fades out the crop's outer sixteenth, because the model does not see beyond it.
  private static func fade(at pixel: Int, side: Int) -> Float {
    let (x, y) = (pixel % side, pixel / side)
    return min(Float(min(x, y, side - 1 - x, side - 1 - y)) / Float(side / 16), 1)
  }
}
