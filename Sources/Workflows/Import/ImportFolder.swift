import Engine
import Faces
import Foundation
import Records

/// The folder of an imported labeled dataset.
struct ImportFolder {
  /// The folder, from the root.
  let path: String

  /// `import.json`: settings and progress.
  struct Record: Codable, Equatable {
    var command = "datasets import"
    var program = Program.name
    var settings: ImportSettings
    /// The numbers of completed files and of their faces.
    var done = 0
    var faces = 0
  }

  /// The folder of the pictures.
  var pictures: String { "\(path)/pictures" }
  /// The temporary folder for one file's faces.
  var work: String { "\(path)/.work" }
  /// The contact sheet, with a row per method.
  var sheet: String { "\(path)/sheet.png" }
  private var note: String { "\(path)/import.json" }

  /// The path of a picture, below the folder; the name does not reveal the label.
  static func picture(_ number: Int) -> String {
    "pictures/\(NumberText.padded(number + 1, to: 6)).jpg"
  }

  /// Throws if the folder holds anything but an import with these settings.
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

  /// The record of an earlier session; nil if there is none.
  var record: Record? {
    get throws {
      try RunFolder.contents(of: note).flatMap { try? JSONDecoder().decode(Record.self, from: $0) }
    }
  }

  func write(_ record: Record) throws {
    try WholeFile.write(try JSONText.pretty(record), to: note)
  }

  /// The manifest, without lines written after the last save.
  func writer(cutTo faces: Int) throws -> LabeledDatasetWriter {
    let writer = try LabeledDatasetWriter(in: path)
    guard writer.earlier.count > faces else { return writer }
    let kept = try writer.earlier.prefix(faces).map { try $0.json }
    try WholeFile.write(kept, to: "\(path)/\(LabeledDataset.manifestName)")
    return try LabeledDatasetWriter(in: path)
  }

  /// Moves a picture from the temporary folder into the dataset.
  func take(_ file: String, as picture: String) throws {
    let (old, new) = ("\(work)/\(file)", "\(path)/\(picture)")
    do {
      // A killed session may have left one there.
      if FileManager.default.fileExists(atPath: new) {
        try FileManager.default.removeItem(atPath: new)
      }
      try FileManager.default.moveItem(atPath: old, toPath: new)
    } catch {
      throw RecordsError.unwritable(path: new, reason: RunFolder.reason(of: error))
    }
  }

  /// Removes the temporary folder.
  func clearWork() throws {
    guard FileManager.default.fileExists(atPath: work) else { return }
    do {
      try FileManager.default.removeItem(atPath: work)
    } catch {
      throw RecordsError.unwritable(path: work, reason: RunFolder.reason(of: error))
    }
  }
}
