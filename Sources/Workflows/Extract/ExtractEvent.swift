public import Records

/// An event of an extraction.
public enum ExtractEvent: RunEvent, Equatable {
  /// An input has started; `frames` is its number of frames, if known.
  case began(input: String, number: Int, of: Int, frames: Int?)
  /// Progress: the frames of the input, and the faces kept in total.
  case advanced(frames: Int, kept: Int)
  /// A note for the user; a sentence.
  case noted(String)
}
