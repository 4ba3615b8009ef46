import Engine
import Foundation

/// How a session of a run ended.
enum RunEnd: String, Codable, Sendable {
  /// All that was asked is there.
  case done
  /// Ctrl-C, or the system; the same command goes on.
  case interrupted
  /// An error, which the record holds.
  case failed
}

/// `run.json`: which command a run is, and when and how its sessions went.
public struct RunRecord: Codable, Equatable {
  /// What it is called in the run's home.
  public static let name = "run.json"

  /// The kind of the command, such as `swap`.
  public var command: String
  /// The words of the last session's command, with those options of earlier ones that it leaves out, and
  /// the folder that it was called in.
  var line: [String]
  var folder: String
  /// The option by which the command names what it makes.
  var option: String
  /// All settings, as the run type keeps them.
  var settings: JSONTree
  /// What all chance followed from.
  var seed: UInt64?
  /// The processor and the system of the last session.
  var machine: String
  /// What it was made from, and what it makes: below the workspace, or from the root.
  var sources, places: [String]
  /// The run that it is a step of.
  var parent: String?
  var sessions: [Session] = []

  /// One call of the command; times as in ISO 8601.
  struct Session: Codable, Equatable {
    /// The program's version.
    var version = Program.version
    var began = RunRecord.now
    /// Nil while it goes on, and for ever if it was killed.
    var ended: String?
    var outcome: RunEnd?
    /// What went wrong; a sentence.
    var reason: String?
    /// How many lines the ledger had then, or later where a report was written anew.
    var lines: Int?
  }

  /// The record of a run's home; nil if there is none.
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

  /// Notes how the session at hand ended, and how many lines the ledger has.
  mutating func end(_ outcome: RunEnd, _ reason: String?, lines: Int) {
    guard !sessions.isEmpty else { return }
    let last = sessions.count - 1
    sessions[last].ended = RunRecord.now
    (sessions[last].outcome, sessions[last].reason) = (outcome, reason)
    sessions[last].lines = lines
  }

  /// Notes that the ledger has more lines than when the last session ended.
  mutating func note(lines: Int) {
    guard let last = sessions.lastIndex(where: { $0.lines != nil }) else { return }
    sessions[last].lines = lines
  }

  /// How many lines the ledger had when a session last ended; nil where nobody knows.
  var lines: Int? { sessions.last { $0.lines != nil }?.lines }

  /// The settings on one line, the keys in order.
  var settingsText: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(settings), as: UTF8.self)
    }
  }

  /// The SHA-256 of the settings on one line; nil for what is no JSON.
  var settingsHash: String? { (try? settingsText).map { FileHash.of(Array($0.utf8)) } }

  private static var now: String { Date.now.formatted(.iso8601) }
}
