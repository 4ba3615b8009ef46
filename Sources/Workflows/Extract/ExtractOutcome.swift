import Faces
public import Records

/// The result of an extraction.
public struct ExtractOutcome: Codable, Equatable, Sendable {
  /// The folder of the face set, or of the people's face sets.
  public let folder: String
  /// True if all inputs are done.
  public let isFinished: Bool
  /// The number of frames and pictures processed.
  public let frames: Int
  /// The number of those without a face.
  public let withoutFaces: Int
  /// The number of faces found.
  public let found: Int
  /// The number of faces kept.
  public let kept: Int
  /// The number of discarded faces, by reason.
  public let rejected: [String: Int]
  /// The number of people; 0 for pictures.
  public let people: Int
  /// The shard; nil for all inputs.
  public let shard: Shard?
  /// Inputs that could not be used, and other notes for the user.
  public let notes: [String]
  /// Frames per second in this session; nil if there was nothing left to do.
  public let framesPerSecond: Double?

  enum CodingKeys: String, CodingKey {
    case folder, frames, found, kept, rejected, people, shard, notes
    case isFinished = "finished"
    case withoutFaces = "without_faces"
    case framesPerSecond = "frames_per_second"
  }
}
