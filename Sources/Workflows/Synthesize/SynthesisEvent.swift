public import Records

/// An event of rendering synthetic people.
public enum SynthesisEvent: RunEvent, Equatable {
  /// Rendering has started or resumed, with the number of existing pictures.
  case started(folder: String, done: Int, of: Int)
  /// Progress.
  case rendered(Int, of: Int)
  /// All pictures of a sequence are rendered; its video, of this name, is being encoded.
  case encoding(String)
}

/// The result of rendering synthetic people.
public struct SynthesisOutcome: Encodable, Equatable, Sendable {
  /// The folder with one face set per person.
  public let folder: String
  /// The face sets, in order.
  public let people: [String]
  /// The numbers of existing and of requested pictures.
  public let rendered, pictures: Int
  /// The videos, in the order of the people; empty without any, and if rendering was interrupted.
  public let videos: [String]
  /// The contact sheet, with a row per person; nil if rendering was interrupted.
  public let sheet: String?
  /// The report; nil if rendering was interrupted.
  public let report: String?
}
