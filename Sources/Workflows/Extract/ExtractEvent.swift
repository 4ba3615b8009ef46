/// What happens while faces are extracted.
public enum ExtractEvent: Equatable, Sendable {
  /// Work on one input of several begins; `frames` is how many it has, where that is known.
  case began(input: String, number: Int, of: Int, frames: Int?)
  /// So many frames of the input are done, and so many faces are kept in all.
  case advanced(frames: Int, kept: Int)
  /// Something that the user should know; a sentence.
  case noted(String)
}
