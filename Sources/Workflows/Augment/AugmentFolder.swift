import Engine
import Faces
import Foundation
import Records

/// The folder of a labeled dataset made by `dflab augment`.
struct AugmentFolder {
  /// The folder, from the root.
  let path: String

  /// `augment.json`: the request and the settings.
  struct Record: Codable, Equatable {
    /// The command of the folder.
    var command = "augment"
    /// The program's name and version.
    var program = Program.name
    /// What was asked for; paths are relative to the workspace.
    var request: AugmentRequest
    var settings: AugmentSettings
  }

  /// The path of a picture, below the folder; the name does not reveal the label.
  static func picture(_ number: Int) -> String {
    "pictures/\(NumberText.padded(number + 1, to: 6)).jpg"
  }

  /// The path of a blending boundary, below the folder.
  static func boundary(_ number: Int) -> String {
    "boundaries/\(NumberText.padded(number + 1, to: 6)).png"
  }

  /// The folder of a clip's frames, below the folder.
  static func clip(_ number: Int) -> String { "clips/\(NumberText.padded(number + 1, to: 6))" }

  /// The path of a frame of a clip, below the folder.
  static func frame(_ index: Int, of number: Int) -> String {
    "\(clip(number))/\(NumberText.padded(index + 1, to: 2)).jpg"
  }

  /// The contact sheet, with a row per method.
  var sheet: String { "\(path)/sheet.png" }
  /// The results of shortcut baselines.
  var audit: String { "\(path)/audit.json" }
  /// What is known of the people.
  var people: String { "\(path)/\(PeopleTable.name)" }
  private var note: String { "\(path)/augment.json" }
  private var shard: String { "\(path)/\(ShardRecord.name)" }
  private var manifest: String { "\(path)/\(LabeledDataset.manifestName)" }
  private var reports: [String] {
    (ReportPage.files + [SessionTiming.name]).map { "\(path)/\($0)" }
  }
  private var folders: [String] {
    ["pictures", "boundaries", "clips"].map { "\(path)/\($0)" }
  }

  /// Throws if the folder holds anything but a dataset that can be resumed with these settings.
  func check(_ settings: AugmentSettings) throws {
    let found = try RunFolder.things(in: path)
    guard !found.isEmpty else { return }
    guard let record else {
      throw WorkflowError.setInTheWay(
        path: path, reason: "it contains other files, such as '\(found[0])'")
    }
    if record.program != Program.name {
      throw WorkflowError.setInTheWay(path: path, reason: "it was created by \(record.program)")
    }
    if let difference = record.settings.difference(to: settings) {
      throw WorkflowError.setInTheWay(path: path, reason: difference)
    }
  }

  /// Creates the folders of pictures, or of clips.
  func make(forClips: Bool) throws {
    for name in forClips ? ["clips"] : ["pictures", "boundaries"] {
      try RunFolder.make("\(path)/\(name)")
    }
  }

  /// Removes a dataset made by this command; throws for anything else.
  func clear() throws {
    let files = FileManager.default
    guard record != nil else {
      let found = try RunFolder.things(in: path)
      guard let first = found.first else { return }
      throw WorkflowError.setInTheWay(
        path: path, reason: "it contains other files, such as '\(first)'")
    }
    for old in folders + [manifest, people, sheet, audit, note, shard] + reports
    where files.fileExists(atPath: old) {
      do {
        try files.removeItem(atPath: old)
      } catch {
        throw RecordsError.unwritable(path: old, reason: RunFolder.reason(of: error))
      }
    }
  }

  /// Draws the sheet of a complete dataset, and writes its report.
  ///
  /// - Parameter auditing: called before shortcut baselines are trained; nil for none of them.
  func finish(auditing: (() -> Void)?) throws -> (samples: Int, audit: AuditReport?) {
    let set = try LabeledDataset(reading: path)
    try LabeledDatasetSheet(set).write(to: sheet)
    let found = try auditing.map { begin in
      begin()
      return try AuditReport(of: set)
    }
    try found?.write(to: audit)
    _ = try RunReport(in: path)
    return (set.samples.count, found)
  }

  /// Writes the manifest as a whole.
  func write(_ samples: [Sample]) throws {
    try WholeFile.write(samples.map { try $0.json }, to: manifest)
  }

  /// Writes what is known of the people, if anything.
  func write(_ table: PeopleTable) throws {
    if !table.isEmpty { try WholeFile.write(Array(table.text.utf8), to: people) }
  }

  /// Writes the request and the settings.
  func write(_ request: AugmentRequest, _ settings: AugmentSettings) throws {
    let record = Record(request: request, settings: settings)
    try WholeFile.write(try JSONText.pretty(record), to: note)
  }

  /// The record; nil if the dataset was not made by `augment`.
  var record: Record? {
    FileManager.default.contents(atPath: note).flatMap {
      try? JSONDecoder().decode(Record.self, from: $0)
    }
  }
}
