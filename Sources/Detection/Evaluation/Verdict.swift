/// What a detector says of a person or video.
public enum Verdict: String, CaseIterable, Codable, Sendable {
  case fake, real
  /// The score lies between those of real and of fake videos, or the faces are unlike all that the
  /// detector was validated on.
  case undecided
}
