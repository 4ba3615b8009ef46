/// What a duel tells while it goes on.
public enum DuelEvent: Sendable {
  /// Something that the user should know; a sentence.
  case noted(String)
  /// So many pictures of people who do not exist are rendered.
  case rendered(Int, of: Int)
  /// The duel begins, or goes on: so many steps of all are done.
  case started(run: String, folder: String, done: Int, of: Int)
  /// A step begins: its number from 1, and what it does, in words.
  case step(Int, of: Int, what: String)
  /// What the training of a generator tells.
  case swap(SwapEvent)
  /// What the making of a labeled set tells.
  case augment(AugmentEvent)
  /// What the training of a detector tells.
  case detect(DetectEvent)
  /// A step is done and saved; what came out in words, if there is something to tell.
  case finished(Int, of: Int, result: String?)
}

/// What a duel ends with.
public struct DuelOutcome: Codable, Sendable {
  /// The run's name.
  public let run: String
  /// `Labs/RUN`.
  public let lab: String
  /// Steps that are done, and that there are.
  public let done, steps: Int
  /// The page to read; nil when interrupted.
  public let report: String?
  /// The figures; nil when interrupted.
  public let results: DuelResults?
}
