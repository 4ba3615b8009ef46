import Engine
import Foundation

/// The outcome of a session.
enum RunEnd: String, Codable, Sendable {
  /// The run is complete.
  case done
  /// Interrupted by Ctrl-C or the system; it can be resumed.
  case interrupted
  /// Failed with an error, which the record holds.
  case failed
}

/// `run.json`: the command of a run, and its sessions.
public struct RunRecord: Codable, Equatable {
  /// The name in the run's folder.
  public static let name = "run.json"

  /// The kind of the command, such as `swap`.
  public var command: String
  /// What was asked for, to be carried out again; nil for a step that has no command of its own.
  ///
  /// Its paths are relative to the workspace, or from the root.
  var request: JSONTree?
  /// The request as a command line in the workspace, without the program's name.
  var line: [String]
  /// The number of threads of the last session: other numbers may change the last bits.
  var threads: Int
  /// All settings, as the workflow stores them.
  var settings: JSONTree
  /// The random seed.
  var seed: UInt64?
  /// The processor and operating system of the last session.
  var machine: String
  /// Inputs and outputs: below the workspace, or from the root.
  var sources, places: [String]
  /// The run that this is a step of.
  var parent: String?
  var sessions: [Session] = []

  /// One session; times in ISO 8601.
  struct Session: Codable, Equatable {
    /// The program's version.
    var version = Program.version
    var began = RunRecord.now
    /// Nil while it runs, and forever if it was killed.
    var ended: String?
    var outcome: RunEnd?
    /// The error; a sentence.
    var reason: String?
    /// The number of ledger lines at its end, or later if a report was rewritten.
    var lines: Int?
  }

  /// The record of a run; nil if there is none.
  public static func read(in home: String) throws(RecordsError) -> RunRecord? {
    let path = "\(home)/\(name)"
    guard let data = try RunFolder.contents(of: path) else { return nil }
    guard let record = try? JSONDecoder().decode(RunRecord.self, from: data) else {
      throw .unreadable(path: path, reason: "not the record of a run")
    }
    return record
  }

  func write(in home: String) throws {
    try WholeFile.write(try JSONText.pretty(self), to: "\(home)/\(RunRecord.name)")
  }

  /// Records the outcome of the current session, and the number of ledger lines.
  mutating func end(_ outcome: RunEnd, _ reason: String?, lines: Int) {
    guard !sessions.isEmpty else { return }
    let last = sessions.count - 1
    sessions[last].ended = RunRecord.now
    (sessions[last].outcome, sessions[last].reason) = (outcome, reason)
    sessions[last].lines = lines
  }

  /// Records a new number of ledger lines after the last session.
  mutating func note(lines: Int) {
    guard let last = sessions.lastIndex(where: { $0.lines != nil }) else { return }
    sessions[last].lines = lines
  }

  /// The number of ledger lines at the end of the last session; nil if unknown.
  var lines: Int? { sessions.last { $0.lines != nil }?.lines }

  /// The settings on one line, with sorted keys.
  var settingsText: String {
    get throws { String(decoding: try JSONText.line(settings), as: UTF8.self) }
  }

  /// The SHA-256 of the settings on one line; nil if they cannot be encoded.
  var settingsHash: String? { (try? settingsText).map { FileHash.of(Array($0.utf8)) } }

  private static var now: String { Date.now.formatted(.iso8601) }
}
