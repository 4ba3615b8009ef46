public import Search

/// A trial in a storage.
public struct StudyTrial: Equatable, Sendable {
  /// Its key in the storage.
  public let id: Int64
  /// What samplers and pruners see of it.
  public var trial: SearchTrial
  /// Notes on it; each is JSON in the storage.
  public var notes: [String: String]
  /// The number of the trial that it repeats, because its process was killed or interrupted; nil for
  /// none.
  public let repeats: Int?
  /// When it began and ended, in UTC; nil for what has not happened.
  public let began, ended: String?
}

extension StudyTrial {
  /// The names of notes, which Optuna shows as user attributes.
  public enum Note {
    /// The file that the working process has locked.
    public static let worker = "worker"
    /// Why a trial failed.
    public static let reason = "reason"
    /// Seconds of training.
    public static let seconds = "seconds"
    /// The number of the trial that repeats this one.
    public static let repeated = "repeated"
  }

  /// True for a trial that another one repeats, and so does not count.
  public var isRepeated: Bool { notes[Note.repeated] != nil }
}

extension [StudyTrial] {
  /// The trials that count, of each that was interrupted the repetition alone.
  public var counted: [StudyTrial] { filter { !$0.isRepeated } }
}
