/// What a face must be to be kept.
public struct FaceLimits: Codable, Equatable, Sendable {
  /// The least width in the source, in pixels.
  public var size: Double?
  /// The least `FaceQuality.sharpness`.
  public var sharpness: Double?
  /// The least score of the detector.
  public var score: Double?
  /// The least `FaceQuality.brightness`, 0…1.
  public var brightness: Double?
  /// The farthest that the head may be turned to a side, up or down, in radians.
  public var turn: Double?
  /// How much a face must differ from the last one kept of this person: the mean difference of their
  /// pixels, 0…1.
  public var difference: Double?

  /// Every face is kept.
  public init() {}

  /// Why a face is not kept.
  public enum Reason: String, Codable, CaseIterable, CodingKeyRepresentable, Sendable {
    case small, blurred, unsure, dark, turned
    /// Hardly different from the one before.
    case duplicate
  }

  /// Why a face is not kept; nil if it is.
  ///
  /// - Parameter last: the last face of this person that was kept.
  public func reason(
    against face: TrackedFace, pose: Pose, quality: FaceQuality, last: Thumbnail?
  ) -> Reason? {
    if let size, face.box.width < size { return .small }
    if let score, face.score < score { return .unsure }
    if let turn, Double(max(abs(pose.yaw), abs(pose.pitch))) > turn { return .turned }
    if let brightness, quality.brightness < brightness { return .dark }
    if let sharpness, quality.sharpness < sharpness { return .blurred }
    if let difference, let last, last.difference(from: face.thumbnail) < difference {
      return .duplicate
    }
    return nil
  }
}
