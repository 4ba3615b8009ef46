import Foundation

/// One line of a run's ledger: something that was made, or the signature below what stands above.
struct LedgerEntry: Codable, Equatable, Sendable {
  /// The line's number, from 0.
  var entry = 0
  /// The SHA-256 of the line before, its end left out; empty in the first.
  var previous = ""
  /// What was made, below the workspace.
  var file: String?
  /// The SHA-256 of that file.
  var hash: String?
  /// How long it is.
  var bytes: Int?
  /// The hashes of the files that it was made from.
  var parents: [String]?
  /// The hash of the model that made it.
  var model: String?
  /// The command, and the method where there are several.
  var making: String?
  /// The hash of the run's settings, as `run.json` holds them.
  var settings: String?
  /// The public key of who signs, in base 64.
  var key: String?
  /// The signature of `previous` and what stands before it.
  var signature: String?

  /// A line about a file; without one, about all lines before.
  init(file: String?) { self.file = file }

  /// What is signed: the hash of the line before, which holds the one before that, and so on.
  var signedText: String { "dflab ledger, \(entry) lines, \(previous)" }

  /// The line as it stands in the file, without its end.
  var json: [UInt8] {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return [UInt8](try encoder.encode(self))
    }
  }
}
