import Foundation

/// A line of a ledger: an artifact, or the signature of the lines above.
struct LedgerEntry: Codable, Equatable, Sendable {
  /// The line's number, from 0.
  var entry = 0
  /// The SHA-256 of the line before, without its line feed; empty in the first.
  var previous = ""
  /// The artifact, below the workspace.
  var file: String?
  /// The SHA-256 of that file.
  var hash: String?
  /// The file's size.
  var bytes: Int?
  /// The hashes of the files that it was made from.
  var parents: [String]?
  /// The hash of the model that made it.
  var model: String?
  /// The command, and the method if there are several.
  var making: String?
  /// The hash of the run's settings, as `run.json` holds them.
  var settings: String?
  /// The signer's public key, in base 64.
  var key: String?
  /// The signature of `signedText`.
  var signature: String?

  /// An entry for a file; without one, for all lines before.
  init(file: String?) { self.file = file }

  /// The signed text: it contains the hash of the line before, and thus the whole chain.
  var signedText: String { "dflab ledger, \(entry) lines, \(previous)" }

  /// The line as written to the file, without its line feed.
  var json: [UInt8] {
    get throws { try JSONText.line(self) }
  }
}
