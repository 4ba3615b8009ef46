import Foundation

/// A run, as lists and pages show it.
public struct RunSummary: Encodable, Equatable, Sendable {
  /// How it stands with a run.
  public enum State: String, Codable, Sendable {
    case done, interrupted, failed
    /// A process works on it.
    case running
    /// Its process ended without a word.
    case killed
    /// No record tells.
    case unknown
  }

  /// What it is called: its home, without `Labs/`.
  public let name: String
  /// Where its record lies, below the workspace.
  public let home: String
  /// The kind of the command.
  public let command: String
  /// The words of the last session's command, and the folder that it was called in.
  public let arguments: [String]
  public let folder: String
  public let state: State
  /// What went wrong; a sentence.
  public let reason: String?
  /// When the first session began and the last one ended, as in ISO 8601.
  public let began, ended: String?
  public let sessions: Int
  public let seed: String?
  public let version, machine: String
  /// The runs whose results it was made from, and the one that it is a step of.
  public let parents: [String]
  /// The run that it is a step of.
  public let parent: String?
  /// What it was made from, and what it makes.
  public let sources, places: [String]
  /// All settings by their path, as text.
  public let settings: [String: String]
  /// The option by which the command names what it makes.
  let option: String

  enum CodingKeys: String, CodingKey {
    case name, home, command, arguments, folder, state, reason, began, ended, sessions, seed
    case version, machine, parents, parent, sources, places, settings
  }

  init(_ row: RunRow, parents: [String], in workspace: Workspace) {
    (home, command, arguments, folder) = (row.home, row.command, row.arguments, row.folder)
    name = row.home.hasPrefix("Labs/") ? String(row.home.dropFirst(5)) : row.home
    let isHeld = RunLock.isHeld(at: RunRecorder.lock(of: "\(workspace.path)/\(row.home)"))
    state =
      isHeld
      ? .running
      : row.outcome.flatMap { State(rawValue: $0.rawValue) }
        ?? (row.sessions > 0 ? .killed : .unknown)
    (reason, began, sessions, seed) = (row.reason, row.began, row.sessions, row.seed)
    ended = row.ended
    (version, machine) = (row.version, row.machine)
    (self.parents, sources, places, option) = (parents, row.sources, row.places, row.option)
    parent = row.parent
    let tree = try? JSONDecoder().decode(JSONTree.self, from: Data(row.settings.utf8))
    settings = Dictionary(
      (tree?.leaves ?? []).map { ($0.path, $0.text) }, uniquingKeysWith: { first, _ in first })
  }

  /// Seconds from the first session's begin to the last one's end.
  public var seconds: Double? {
    guard let began = began.flatMap({ try? Date($0, strategy: .iso8601) }),
      let ended = ended.flatMap({ try? Date($0, strategy: .iso8601) })
    else { return nil }
    return ended.timeIntervalSince(began)
  }
}
