/// What a conversion ends with.
public struct ConversionOutcome: Codable, Equatable, Sendable {
  /// The finished file or folder.
  public var output: String
  /// Frames or pictures in it, and those with a swapped face.
  public var frames = 0, swapped = 0
  /// Faces in them, and those that were swapped.
  public var facesFound = 0, facesSwapped = 0
  /// Frames that an earlier session had finished.
  public var resumed = 0
  /// How much swapped faces change from frame to frame, beyond what the source does.
  public var flicker: Double?
  /// Seconds of this session.
  public var seconds = 0.0
  /// Seconds that each stage worked, waiting left out; stages overlap.
  public var stages: [String: Double] = [:]
  /// What the user should know: damage, an early end.
  public var notes: [String] = []
  /// The page about it; nil where the run is not recorded, or was interrupted.
  public var report: String?
  /// Where swapped faces can be seen.
  var shown: [ShownFace] = []

  /// A conversion that has done nothing yet.
  init(output: String) { self.output = output }

  enum CodingKeys: String, CodingKey {
    case output, frames, swapped, resumed, flicker, seconds, stages, notes, report
    case facesFound = "faces_found"
    case facesSwapped = "faces_swapped"
  }
}

/// What happens while a conversion runs.
public enum ConversionEvent: Equatable, Sendable {
  /// Work begins; so many frames are there from an earlier session.
  case began(input: String, done: Int)
  /// Frames or pictures done, of so many if that is known.
  case converted(Int, of: Int?)
  /// The pieces of video are joined.
  case joining
}
