/// A run, as the registry knows it.
struct RunRow: Codable, Equatable, Sendable {
  /// Where its record lies, below the workspace, such as `Labs/alice-bob`.
  let home: String
  /// The kind of the command, such as `swap`; empty where nobody knows.
  let command: String
  /// The words of the last session's command, and the folder that it was called in.
  let arguments: [String]
  let folder: String
  /// The option by which the command names what it makes.
  let option: String
  /// All settings, as JSON on one line.
  let settings: String
  /// What all chance followed from; a text, for SQLite's numbers have a sign.
  let seed: String?
  /// The program of the last session, and the machine that it ran on.
  let version, machine: String
  /// When the first session began and the last one ended, as in ISO 8601.
  let began, ended: String?
  /// How the last session ended; nil while it goes on, if it was killed, and where nobody knows.
  let outcome: RunEnd?
  /// What went wrong; a sentence.
  let reason: String?
  /// How often the command was called.
  let sessions: Int
  /// What it was made from, and what it makes: below the workspace, or from the root.
  let sources, places: [String]
  /// The run that it is a step of.
  let parent: String?
  /// What its files were like when they were read.
  let stamp: String
}
