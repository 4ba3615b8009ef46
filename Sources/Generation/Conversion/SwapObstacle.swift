import Faces
public import Media

/// Why a face is left as it is.
public enum SwapObstacle: String, Codable, CaseIterable, CodingKeyRepresentable, Sendable {
  /// It is turned farther than the model's training faces.
  case turned
  /// More than a third of it lies outside the picture.
  case cropped
  /// Something is in front of it, so that the person's own decoder does not reconstruct it.
  case hidden
  /// In a reenactment: the driver has no face at that time.
  case undriven
  /// In a reenactment: the driver's head is turned too differently.
  case apart
}

extension SwapObstacle: Comparable {
  public static func < (a: SwapObstacle, b: SwapObstacle) -> Bool { a.rawValue < b.rawValue }
}

extension FaceSpot {
  /// What prevents a swap of this face; nil for nothing, or without landmarks.
  ///
  /// - Parameters:
  ///   - image: the whole picture.
  ///   - poses: those of the model's training faces; nil if unknown.
  public func obstacle(in image: Image, poses: TrainedPoses?) -> SwapObstacle? {
    guard let landmarks else { return nil }
    let yaw = abs(Pose(landmarks: landmarks).yaw)
    if let limit = poses?.limit, yaw > limit { return .turned }
    let outside = landmarks.count { point in
      point.x < 0 || point.y < 0 || point.x > Float(image.width) || point.y > Float(image.height)
    }
    return 3 * outside > landmarks.count ? .cropped : nil
  }
}
