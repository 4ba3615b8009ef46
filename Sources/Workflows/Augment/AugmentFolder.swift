import Engine
import Faces
import Foundation
import Records

/// The folder of a labeled set that the lab makes.
struct AugmentFolder {
  /// The folder, from the root.
  let path: String

  /// `augment.json`: what the set was made by.
  struct Record: Codable, Equatable {
    /// Which command the folder belongs to.
    var command = "augment"
    /// The program that made it.
    var program = Program.name
    var settings: AugmentSettings
  }

  /// Where a picture is, below the folder; its name tells nothing of what it shows.
  static func picture(_ number: Int) -> String {
    "pictures/\(NumberText.padded(number + 1, to: 6)).jpg"
  }

  /// Where the boundary of a blended picture is, below the folder.
  static func boundary(_ number: Int) -> String {
    "boundaries/\(NumberText.padded(number + 1, to: 6)).png"
  }

  /// Rows of pictures, one a method.
  var sheet: String { "\(path)/sheet.png" }
  /// What classifiers that see no face can tell.
  var audit: String { "\(path)/audit.json" }
  /// The file that the working process holds locked.
  var lock: String { "\(path)/.lock" }
  private var note: String { "\(path)/augment.json" }
  private var manifest: String { "\(path)/\(LabeledDataset.manifestName)" }
  private var reports: [String] {
    (ReportPage.files + [SessionTiming.name]).map { "\(path)/\($0)" }
  }
  private var folders: [String] { ["\(path)/pictures", "\(path)/boundaries"] }

  /// Refuses a folder that holds anything but a set that goes on with these settings.
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

  /// Makes the folders.
  func make() throws {
    for folder in folders { try RunFolder.make(folder) }
  }

  /// Takes away a set that this command has made; refuses to touch anything else.
  func clear() throws {
    let files = FileManager.default
    guard record != nil else {
      let found = try RunFolder.things(in: path)
      guard let first = found.first else { return }
      throw WorkflowError.setInTheWay(
        path: path, reason: "it contains other files, such as '\(first)'")
    }
    for old in folders + [manifest, sheet, audit, note] + reports
    where files.fileExists(atPath: old) {
      do {
        try files.removeItem(atPath: old)
      } catch {
        throw RecordsError.unwritable(path: old, reason: RunFolder.reason(of: error))
      }
    }
  }

  /// Notes what the set is made by.
  func write(_ settings: AugmentSettings) throws {
    try WholeFile.write(try JSONText.pretty(Record(settings: settings)), to: note)
  }

  /// What the set was made by; nil where `augment` has not made it.
  var record: Record? {
    FileManager.default.contents(atPath: note).flatMap {
      try? JSONDecoder().decode(Record.self, from: $0)
    }
  }
}
