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
    /// The number of searched frames and pictures, and of those without a face.
    var frames = 0
    var empty = 0
    /// The files that end too early, with faces before their end, below the source folder.
    var truncated: [String] = []
    /// The files that gave no face.
    var skipped: [SkippedFile] = []
    /// The number of files of the source that are not samples, by reason; after the last file.
    var counts: [SkippedFile.Reason: Int]?
    /// The files of the source that are no items; of a finished shard only.
    var unused: [SkippedFile]?
  }

  /// The folder of the pictures.
  var pictures: String { "\(path)/pictures" }
  /// The list of files that are not samples.
  var list: String { "\(path)/skipped.csv" }
  /// The contact sheet, with a row per method.
  var sheet: String { "\(path)/sheet.png" }
  private var note: String { "\(path)/import.json" }

  /// The path of a picture, below the folder; the name does not reveal the label.
  static func picture(_ number: Int) -> String {
    "pictures/\(NumberText.padded(number + 1, to: 6)).jpg"
  }

  /// Counts and lists all files that are not samples, after the last one.
  ///
  /// - Parameter unused: those that are no items.
  func finish(_ record: inout Record, unused: [SkippedFile]) throws -> [SkippedFile] {
    let skipped = (unused + record.skipped).sorted {
      $0.path.utf8.lexicographicallyPrecedes($1.path.utf8)
    }
    record.counts = Dictionary(grouping: skipped, by: \.reason).mapValues(\.count)
    try write(record)
    if !skipped.isEmpty { try write(skipped) }
    return skipped
  }

  /// Writes the manifest as a whole.
  func write(_ samples: [Sample]) throws {
    try WholeFile.write(samples.map { try $0.json }, to: "\(path)/\(LabeledDataset.manifestName)")
  }

  /// Draws the contact sheet of a complete dataset.
  func drawSheet() throws {
    try LabeledDatasetSheet(LabeledDataset(reading: path)).write(to: sheet)
  }

  /// Writes the list of files that are not samples.
  func write(_ skipped: [SkippedFile]) throws {
    let rows = skipped.map { file in
      "\"\(file.path.replacing("\"", with: "\"\""))\",\(file.reason.rawValue)\n"
    }
    try WholeFile.write([UInt8](("path,reason\n" + rows.joined()).utf8), to: list)
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
}

extension ImportFolder {
  /// What the report says about the source and the files that are not samples.
  func blocks(of record: Record) -> [ReportPage.Block] {
    let about = """
      Imported from \(record.settings.folder) (\(record.settings.layout.name); identities: \
      \(record.settings.identities)): \(record.faces) faces from \(record.frames) searched frames and \
      pictures, \(record.empty) of which have no face. \(record.truncated.count) files are truncated; \
      the frames before their end are used.
      """
    guard let counts = record.counts, !counts.isEmpty else { return [.paragraph(about)] }
    let rows = SkippedFile.Reason.allCases.compactMap { reason in
      counts[reason].map { [reason.description, "\($0)"] }
    }
    return [
      .paragraph(about),
      .paragraph("Files that gave no sample (all are in \((list as NSString).lastPathComponent)):"),
      .table(ReportTable(["reason", "files"], rows)),
    ]
  }
}
