/// Quality limits for faces to be kept.
public struct FaceLimits: Codable, Equatable, Sendable {
  /// The minimum width in the source, in pixels.
  public var size: Double?
  /// The minimum `FaceQuality.sharpness`.
  public var sharpness: Double?
  /// The minimum score of the face finder.
  public var score: Double?
  /// The minimum `FaceQuality.brightness`, 0…1.
  public var brightness: Double?
  /// The maximum head rotation to either side, up or down, in radians.
  public var angle: Double?
  /// The minimum difference from the last face of this person that was kept: the mean absolute
  /// difference of pixels, 0…1.
  public var difference: Double?

  /// No limits.
  public init() {}

  /// The reason for discarding a face.
  public enum Reason: String, Codable, CaseIterable, CodingKeyRepresentable, Sendable {
    case small, blurred, dark
    case lowScore = "low-score"
    case largeAngle = "large-angle"
    /// Almost identical to the one before.
    case duplicate
    /// Beside the face of the identity that recurs, where one face of each picture is kept.
    case otherIdentity = "other-identity"
  }

  /// The reason for discarding a face; nil if it is kept.
  ///
  /// - Parameter last: the last face of this person that was kept.
  public func reason(
    against face: TrackedFace, pose: Pose, quality: FaceQuality, last: Thumbnail?
  ) -> Reason? {
    if let size, face.box.width < size { return .small }
    if let score, face.score < score { return .lowScore }
    if let angle, Double(max(abs(pose.yaw), abs(pose.pitch))) > angle { return .largeAngle }
    if let brightness, quality.brightness < brightness { return .dark }
    if let sharpness, quality.sharpness < sharpness { return .blurred }
    if let difference, let last, last.difference(from: face.thumbnail) < difference {
      return .duplicate
    }
    return nil
  }
}
