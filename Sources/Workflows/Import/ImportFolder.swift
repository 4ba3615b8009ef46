import Engine
import Faces
import Foundation
import Records

/// The folder of a labeled set that is taken from a public one.
struct ImportFolder {
  /// The folder, from the root.
  let path: String

  /// `import.json`: what the set was made by, and how far it has come.
  struct Record: Codable, Equatable {
    var command = "datasets import"
    var program = Program.name
    var settings: ImportSettings
    /// How many files are done, and how many faces they had.
    var done = 0
    var faces = 0
  }

  /// The folder of the pictures.
  var pictures: String { "\(path)/pictures" }
  /// Where one file's faces are extracted.
  var work: String { "\(path)/.work" }
  /// Rows of pictures, one a method.
  var sheet: String { "\(path)/sheet.png" }
  /// The file that the working process holds locked.
  var lock: String { "\(path)/.lock" }
  private var note: String { "\(path)/import.json" }

  /// Where a picture is, below the folder; its name tells nothing of what it shows.
  static func picture(_ number: Int) -> String {
    "pictures/\(NumberText.padded(number + 1, to: 6)).jpg"
  }

  /// Refuses a folder that holds anything but an import of these settings.
  func check(_ settings: ImportSettings) throws {
    let found = try RunFolder.things(in: path)
    guard !found.isEmpty else { return }
    guard let record = try record else {
      guard found == ["pictures"], try RunFolder.names(in: pictures).isEmpty else {
        throw WorkflowError.importInTheWay(
          path: path, reason: "it contains other files, such as '\(found[0])'")
      }
      return
    }
    guard record.settings == settings, record.program == Program.name else {
      throw WorkflowError.importInTheWay(
        path: path,
        reason: "it has another source folder or other settings (see import.json)")
    }
  }

  /// What an earlier session has noted; nil if there was none.
  var record: Record? {
    get throws {
      try RunFolder.contents(of: note).flatMap { try? JSONDecoder().decode(Record.self, from: $0) }
    }
  }

  func write(_ record: Record) throws {
    try WholeFile.write(try JSONText.pretty(record), to: note)
  }

  /// The manifest, without lines that a session wrote after its last note.
  func writer(cutTo faces: Int) throws -> LabeledDatasetWriter {
    let writer = try LabeledDatasetWriter(in: path)
    guard writer.earlier.count > faces else { return writer }
    let kept = try writer.earlier.prefix(faces).map { try $0.json }
    try WholeFile.write(kept, to: "\(path)/\(LabeledDataset.manifestName)")
    return try LabeledDatasetWriter(in: path)
  }

  /// Moves a picture from where it was extracted to where the set keeps it.
  func take(_ file: String, as picture: String) throws {
    let (old, new) = ("\(work)/\(file)", "\(path)/\(picture)")
    do {
      // A session that was killed may have left one there.
      if FileManager.default.fileExists(atPath: new) {
        try FileManager.default.removeItem(atPath: new)
      }
      try FileManager.default.moveItem(atPath: old, toPath: new)
    } catch {
      throw RecordsError.unwritable(path: new, reason: RunFolder.reason(of: error))
    }
  }

  /// Takes away what one file's extraction has left.
  func clearWork() throws {
    guard FileManager.default.fileExists(atPath: work) else { return }
    do {
      try FileManager.default.removeItem(atPath: work)
    } catch {
      throw RecordsError.unwritable(path: work, reason: RunFolder.reason(of: error))
    }
  }
}
