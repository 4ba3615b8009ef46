import Engine
import Faces
import Foundation
import Records

/// The folder of a face set extracted from pictures or videos.
struct ExtractFolder {
  /// The folder, from the root.
  let path: String

  /// `extract.json`: settings and progress.
  struct Record: Codable, Equatable {
    var command = "extract"
    var version = Program.version
    /// What was asked for; paths are relative to the workspace, if there is one.
    var request: ExtractRequest
    var state = ExtractState()
  }

  /// The settings and progress.
  var note: String { "\(path)/extract.json" }
  /// The folder of the masks.
  var masks: String { "\(path)/masks" }

  /// The contact sheet.
  static let sheet = FaceSet.sheetName

  /// The face set of a person, from 0 for the largest.
  func person(_ rank: Int) -> String { "\(path)/\(rank + 1)" }

  /// The record of an earlier session with these settings; nil in a new folder.
  ///
  /// Throws if the folder holds anything else, unless it is an extraction that the user wants to
  /// replace.
  func record(_ request: ExtractRequest, isForced: Bool) throws -> Record? {
    let found = try RunFolder.things(in: path)
    guard !found.isEmpty else { return nil }
    guard let data = try RunFolder.contents(of: note),
      let record = try? JSONDecoder().decode(Record.self, from: data), record.command == "extract"
    else {
      throw WorkflowError.otherThings(path: path, name: found[0])
    }
    if isForced {
      // The record goes last: a folder without it would be refused.
      let last = (note as NSString).lastPathComponent
      for name in found.filter({ $0 != last }) + [ShardRecord.name, last]
      where FileKind.isThere("\(path)/\(name)") {
        try RunFolder.remove("\(path)/\(name)")
      }
      return nil
    }
    guard record.version == Program.version else {
      throw WorkflowError.folderInTheWay(
        path: path, reason: "it was created by version \(record.version)")
    }
    if let difference = record.request.settingChoices.difference(to: request.settingChoices) {
      throw WorkflowError.folderInTheWay(path: path, reason: difference.reason)
    }
    return record
  }

  func write(_ record: Record) throws {
    try WholeFile.write(try JSONText.line(record) + [0x0A], to: note)
  }

  /// Does what concerns all faces together, after the last input.
  func finish(_ record: inout Record, from inputs: [String]) throws {
    guard record.state.kept > 0 else {
      remove()
      throw WorkflowError.noFaces(
        inputs: inputs, frames: record.state.frames, found: record.state.found)
    }
    if record.request.keepsOneFace {
      let kept = try RecurringFaces(folder: self).choose()
      record.state.rejected[.otherIdentity] =
        kept < record.state.kept ? record.state.kept - kept : nil
      record.state.kept = kept
    }
    if record.request.isTracked {
      try PersonSets(folder: self, people: record.state.presences).divide()
    }
    record.state.isDone = true
    try write(record)
    try ExtractSheet(self).write()
    _ = try RunReport(in: path)
  }

  /// Removes what was written if no face was found.
  func remove() {
    let beside = [RunRecord.name, Ledger.name, SessionTiming.name].map { "\(path)/\($0)" }
    let own = [
      note, RunSession.lock(of: path), FaceSet.manifestPath(of: path), masks,
      RunRecorder.lock(of: path),
    ]
    for file in own + beside {
      try? FileManager.default.removeItem(atPath: file)
    }
    if (try? RunFolder.names(in: path))?.isEmpty == true {
      try? FileManager.default.removeItem(atPath: path)
    }
  }
}
