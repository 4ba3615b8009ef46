import Faces

/// The part of a face that a forgery replaces.
public enum FaceShape: String, CaseIterable, Codable, Sendable {
  /// Brows to chin, ear to ear, with or without the forehead.
  case face
  /// Brows, eyes, nose and mouth, without cheeks and chin.
  case inner
  /// Below the eyes: nose, mouth, cheeks and chin.
  case lower
  /// The mouth and its surroundings.
  case mouth
  /// Eyes and brows.
  case eyes

  /// The corners of its hull, from 68 landmarks.
  ///
  /// - Parameter includesForehead: for the whole face.
  func hull(of landmarks: [SIMD2<Float>], includesForehead: Bool) -> FaceHull {
    switch self {
    case .face: FaceHull(landmarks: landmarks, includesForehead: includesForehead)
    case .inner: FaceHull(points: FaceShape.widened(landmarks[17..<68], by: 1.1))
    case .lower: FaceHull(points: Array(landmarks[2..<15]) + Array(landmarks[28..<36]))
    case .mouth: FaceHull(points: FaceShape.widened(landmarks[48..<60], by: 1.7))
    case .eyes:
      FaceHull(points: FaceShape.widened(landmarks[17..<27] + landmarks[36..<48], by: 1.15))
    }
  }

  /// Points moved away from their mean.
  private static func widened(_ points: ArraySlice<SIMD2<Float>>, by factor: Float)
    -> [SIMD2<Float>]
  {
    let center = points.reduce(.zero, +) / Float(points.count)
    return points.map { center + ($0 - center) * factor }
  }
}
