import Engine
import Foundation
import Generation
import Records

/// `settings.json`: all that a swap run was made with.
struct SwapRecord: Codable, Equatable {
  /// Which command the run belongs to.
  var command = "swap"
  /// The program's version in the last session.
  var version = Program.version
  /// The model whose weights are used as they are; nil for a run that trains its own.
  var pretrained: String?
  /// What decides the weights.
  var settings: SwapSettings
  /// The threads of the last session; others give weights that differ in the last bits.
  var threads: Int
  /// How long the last session was to train.
  var budget: SwapBudget
  /// How the last session went about it.
  var sessionOptions: SwapSessionOptions
  /// The pictures.
  var a, b: FaceRecord

  /// The record at `path`; nil if there is none.
  static func read(at path: String) throws -> SwapRecord? {
    guard let data = try RunFolder.contents(of: path) else { return nil }
    guard let record = try? JSONDecoder().decode(SwapRecord.self, from: data),
      record.command == "swap"
    else {
      throw RecordsError.unreadable(
        path: path, reason: "not the settings of a swap run")
    }
    return record
  }

  func write(to path: String) throws {
    try WholeFile.write(try JSONText.pretty(self), to: path)
  }
}

/// Which pictures of one person a run was made from.
struct FaceRecord: Codable, Equatable {
  /// The folder, from the root.
  var folder: String
  /// How many pictures could be used.
  var pictures: Int
  /// What the names and pixels of these add up to.
  var fingerprint: String
  /// The files that could not be used, each with the reason.
  var skipped: [String]?

  /// Refuses pictures other than these.
  func check(_ now: FaceRecord, side: String, run: String) throws {
    guard now.fingerprint != fingerprint else { return }
    let reason =
      now.folder == folder
      ? "those in '\(folder)' have changed since (\(pictures) then, \(now.pictures) now)"
      : "those in '\(folder)', not '\(now.folder)'"
    throw WorkflowError.differentFaces(run: run, side: side, reason: reason)
  }
}
