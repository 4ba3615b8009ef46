/// What a rendering of synthetic people has to tell, as it happens.
public enum SynthesisEvent: Equatable, Sendable {
  /// Rendering begins, or goes on: so many pictures of all are there.
  case started(folder: String, done: Int, of: Int)
  /// So many pictures of all are there.
  case rendered(Int, of: Int)
}

/// What a rendering of synthetic people ends with.
public struct SynthesisOutcome: Encodable, Equatable, Sendable {
  /// The folder that holds one face set a person.
  public let folder: String
  /// The face sets, in order.
  public let people: [String]
  /// Pictures that are there, and that were asked for.
  public let rendered, pictures: Int
  /// Rows of faces, one a person; nil when the rendering was interrupted.
  public let sheet: String?
  /// The page about them; nil when the rendering was interrupted.
  public let report: String?
}
