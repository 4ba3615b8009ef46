import Foundation
import Generation
import Records

/// The report of a reenactment.
struct ReenactReport {
  let folder: String
  let record: ReenactRecord
  let sheet: ReportPicture?

  /// The report of a folder; nil if it has no reenactment.
  init?(reading folder: String) throws {
    guard let record = try ReenactRecord.read(in: folder) else { return nil }
    (self.folder, self.record) = (folder, record)
    sheet = try ReportPicture(
      ConversionSheet.file, "The driver, the target and the result, evenly spaced.", in: folder)
  }

  var page: ReportPage {
    var blocks: [ReportPage.Block] = [.paragraph(about)]
    if let sheet { blocks.append(.picture(sheet)) }
    blocks += [.table(counts)]
    if !record.outcome.notes.isEmpty {
      blocks += [.heading("Notes"), .list(record.outcome.notes)]
    }
    blocks += [.heading("Clips"), .table(files)]
    blocks += [.heading("Settings"), .table(record.request.choices(except: ["out"]).table)]
    blocks += [
      .heading("Reproduce"), .command(record.request.renamed(record.result.repeated).shown()),
      .paragraph("The same model gives the same frames, bit for bit."),
    ]
    return ReportPage("Reenactment: \(record.result.name)", blocks)
  }

  private var about: String {
    let outcome = record.outcome
    let training = outcome.iteration.map { ", trained for \($0) steps on the two clips" } ?? ""
    return """
      \(outcome.reenacted) of \(outcome.frames) frames of '\(record.target.name)' with the expressions of \
      '\(record.driver.name)', by the swap model '\(outcome.model ?? "")'\(training). Pose and light are \
      those of the target. The output is marked as synthetic. Program: dflab \(record.version).
      """
  }

  private var counts: ReportTable {
    let outcome = record.outcome
    var rows = [
      ["frames", "\(outcome.frames)"], ["frames with a reenacted face", "\(outcome.reenacted)"],
      ["faces found", "\(outcome.facesFound)"],
    ]
    rows += outcome.facesLeft.sorted { $0.key < $1.key }.map {
      ["faces left as they were: \($0.reason)", "\($1)"]
    }
    rows += InsertionFitTable.rows(outcome.fit)
    if let flicker = outcome.flicker {
      rows.append([
        "flicker: change from frame to frame beyond the target's, in levels of 0–255",
        NumberText.fixed(flicker, 2),
      ])
    }
    return ReportTable(["measure", "value"], rows)
  }

  private var files: ReportTable {
    ConvertedFile.table([
      ("driver", record.driver), ("target", record.target), ("output", record.result),
    ])
  }
}
