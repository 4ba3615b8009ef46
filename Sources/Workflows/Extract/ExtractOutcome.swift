import Faces

/// What an extraction has brought.
public struct ExtractOutcome: Encodable, Equatable, Sendable {
  /// The folder of the set, or of the people's sets.
  public let folder: String
  /// True when all inputs are done.
  public let isFinished: Bool
  /// Frames and pictures that were looked at.
  public let frames: Int
  /// Those of them without a face.
  public let withoutFaces: Int
  /// Faces found.
  public let found: Int
  /// Faces kept.
  public let kept: Int
  /// Faces that were not kept, by reason.
  public let rejected: [String: Int]
  /// How many people were told apart; 0 for pictures.
  public let people: Int
  /// What could not be used, and what else the user should know.
  public let notes: [String]
  /// Frames a second in this session; nil when there was nothing left to do.
  public let framesPerSecond: Double?

  enum CodingKeys: String, CodingKey {
    case folder, frames, found, kept, rejected, people, notes
    case isFinished = "finished"
    case withoutFaces = "without_faces"
    case framesPerSecond = "frames_per_second"
  }
}
