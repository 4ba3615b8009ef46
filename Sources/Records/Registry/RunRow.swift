/// A run, in the registry.
struct RunRow: Codable, Equatable, Sendable {
  /// The folder of its record, below the workspace, such as `Labs/alice-bob`.
  let home: String
  /// The kind of the command, such as `swap`; empty if unknown.
  let command: String
  /// The command line in the workspace, without the program's name; empty if unknown.
  let arguments: [String]
  /// The number of threads of the last session; nil if unknown.
  let threads: Int?
  /// All settings, as JSON on one line.
  let settings: String
  /// The random seed, as text because SQLite's integers are signed.
  let seed: String?
  /// The program's version in the last session, and its machine.
  let version, machine: String
  /// The start of the first session and the end of the last one, in ISO 8601.
  let began, ended: String?
  /// The outcome of the last session; nil while it runs, if it was killed, or if unknown.
  let outcome: RunEnd?
  /// The error; a sentence.
  let reason: String?
  /// The number of sessions.
  let sessions: Int
  /// Inputs and outputs: below the workspace, or from the root.
  let sources, places: [String]
  /// The run that this is a step of.
  let parent: String?
  /// The stamp of its files when they were read.
  let stamp: String
}
