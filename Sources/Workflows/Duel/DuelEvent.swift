public import Records

/// An event of a duel.
public enum DuelEvent: RunEvent {
  /// A note for the user; a sentence.
  case noted(String)
  /// Pictures of synthetic people are being rendered: the number so far, and of all.
  case rendered(Int, of: Int)
  /// The duel starts or resumes, with the numbers of completed and of all steps.
  case started(run: String, folder: String, done: Int, of: Int)
  /// A step starts: its number, from 1, and its description.
  case step(Int, of: Int, what: String)
  /// An event of training a generator.
  case swap(SwapEvent)
  /// An event of creating a labeled dataset.
  case augment(AugmentEvent)
  /// An event of training a detector.
  case detect(DetectEvent)
  /// A step was completed and saved; a summary of its result, if any.
  case finished(Int, of: Int, result: String?)

  /// The event of a step.
  public var passedOn: (any RunEvent)? {
    switch self {
    case .swap(let event): event
    case .augment(let event): event
    case .detect(let event): event
    case .noted, .rendered, .started, .step, .finished: nil
    }
  }
}

/// The result of a duel.
public struct DuelOutcome: Codable, Sendable {
  /// The run's name.
  public let run: String
  /// `Labs/RUN`.
  public let lab: String
  /// The numbers of completed and of all steps.
  public let done, steps: Int
  /// The path of the report; nil if interrupted.
  public let report: String?
  /// The metrics; nil if interrupted.
  public let results: DuelResults?
}
