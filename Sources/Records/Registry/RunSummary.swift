import Foundation

/// A run, in lists and pages.
public struct RunSummary: Encodable, Equatable, Sendable {
  /// The state of a run.
  public enum State: String, Codable, Sendable {
    case done, interrupted, failed
    /// A process is working on it.
    case running
    /// Its process was killed.
    case killed
    /// There is no record.
    case unknown
  }

  /// The name: its folder, without `Labs/`.
  public let name: String
  /// The folder of its record, below the workspace.
  public let home: String
  /// The kind of the command.
  public let command: String
  /// The command line in the workspace, without the program's name; empty if unknown.
  public let arguments: [String]
  /// The number of threads of the last session; nil if unknown.
  public let threads: Int?
  public let state: State
  /// The error; a sentence.
  public let reason: String?
  /// The start of the first session and the end of the last one, in ISO 8601.
  public let began, ended: String?
  public let sessions: Int
  public let seed: String?
  public let version, machine: String
  /// The runs whose results it was made from, and its parent.
  public let parents: [String]
  /// The run that this is a step of.
  public let parent: String?
  /// Inputs and outputs.
  public let sources, places: [String]
  /// All settings by their path, as text.
  public let settings: [String: String]

  init(_ row: RunRow, parents: [String], in workspace: Workspace) {
    (home, command, arguments, threads) = (row.home, row.command, row.arguments, row.threads)
    name = RunSummary.name(of: row.home)
    let isHeld = RunLock.isHeld(at: RunRecorder.lock(of: "\(workspace.path)/\(row.home)"))
    state =
      isHeld
      ? .running
      : row.outcome.flatMap { State(rawValue: $0.rawValue) }
        ?? (row.sessions > 0 ? .killed : .unknown)
    (reason, began, sessions, seed) = (row.reason, row.began, row.sessions, row.seed)
    ended = row.ended
    (version, machine) = (row.version, row.machine)
    (self.parents, sources, places) = (parents, row.sources, row.places)
    parent = row.parent
    let tree = try? JSONDecoder().decode(JSONTree.self, from: Data(row.settings.utf8))
    settings = Dictionary(
      (tree?.leaves ?? []).map { ($0.path, $0.text) }, uniquingKeysWith: { first, _ in first })
  }

  /// The name of the run in a folder.
  static func name(of home: String) -> String {
    home.hasPrefix("Labs/") ? String(home.dropFirst(5)) : home
  }

  /// Seconds from the start of the first session to the end of the last one.
  public var seconds: Double? {
    guard let began = began.flatMap({ try? Date($0, strategy: .iso8601) }),
      let ended = ended.flatMap({ try? Date($0, strategy: .iso8601) })
    else { return nil }
    return ended.timeIntervalSince(began)
  }
}
