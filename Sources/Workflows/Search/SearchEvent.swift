public import Records

/// An event of a hyperparameter search.
public enum SearchEvent: RunEvent, Equatable {
  /// Something that the user should know; a sentence.
  case noted(String)
  /// The dataset was read; the numbers of samples.
  case read(set: String, training: Int, validation: Int)
  /// A phase starts or resumes, with trials done before.
  case phase(name: String, done: Int, of: Int)
  /// A trial starts.
  case trial(number: Int, of: Int, values: String)
  /// A trial was validated.
  case reported(number: Int, report: Int, of: Int, value: Double)
  /// A trial ended, as complete, pruned or failed, with the best value so far.
  case ended(number: Int, state: String, value: Double?, best: Double?)
  /// The winner or the default is trained again.
  case repeated(what: String, seed: UInt64, number: Int, of: Int)
}

/// The result of a hyperparameter search.
public struct SearchOutcome: Encodable, Sendable {
  /// The run's name.
  public let run: String
  /// `Labs/RUN`.
  public let lab: String
  /// The Optuna storage.
  public let study: String
  /// The path of the report; nil if interrupted.
  public let report: String?
  /// What was found; nil if interrupted.
  public let results: SearchResults?
}
