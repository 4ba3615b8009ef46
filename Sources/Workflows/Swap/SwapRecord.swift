import Engine
import Foundation
import Generation
import Records

/// `settings.json`: all settings of a swap run.
struct SwapRecord: Codable, Equatable {
  /// The command of the run.
  var command = "swap"
  /// The program's version in the last session.
  var version = Program.version
  /// What was asked for, in the last session and before; paths are relative to the workspace.
  ///
  /// The budget and the session options are those of the last session.
  var request: SwapRequest
  /// The settings that determine the weights.
  var settings: SwapSettings
  /// The number of threads of the last session; other numbers give weights that differ in the last
  /// bits.
  var threads: Int
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

  /// Options of the last session.
  var sessionOptions: SwapSessionOptions { request.sessionOptions }
  /// The budget of the last session.
  var budget: SwapBudget { request.budget }

  /// The mask of the swapped faces.
  var mask: MaskShape { request.mask ?? (settings.mask == nil ? .hull : .learned) }
}

/// The pictures of one person that a run was made from.
struct FaceRecord: Codable, Equatable {
  /// The folder, from the root.
  var folder: String
  /// The number of usable pictures.
  var pictures: Int
  /// The SHA-256 of their names, pixels and landmarks.
  var hash: String
  /// The skipped files, each with the reason.
  var skipped: [String]?
  /// The folder of the photographs that the faces were found in, from the root; nil for aligned
  /// faces.
  var photographs: String?

  /// Throws if the pictures differ from these.
  func check(_ now: FaceRecord, side: String, run: String) throws {
    guard now.hash != hash else { return }
    let reason =
      now.folder == folder
      ? "those in '\(folder)' have changed since (\(pictures) then, \(now.pictures) now)"
      : "those in '\(folder)', not '\(now.folder)'"
    throw WorkflowError.differentFaces(run: run, side: side, reason: reason)
  }
}
